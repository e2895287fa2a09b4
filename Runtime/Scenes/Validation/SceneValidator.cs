using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>Checks what the format alone cannot: references between parts, and rules of physics.</summary>
    public static class SceneValidator
    {
        private const double UnitTolerance = 1e-4;

        /// <summary>Checks a scene that was built in code.</summary>
        /// <param name="scene">The scene.</param>
        /// <exception cref="SceneException">The first thing that is wrong.</exception>
        public static void Validate(Scene scene) => Validate(scene, new Dictionary<string, int>());

        internal static void Validate(Scene scene, IReadOnlyDictionary<string, int> lines)
        {
            var check = new Check(scene, lines);
            if (scene.Simulation.FrameCount > 1000000) check.Fail("simulation", $"found {scene.Simulation.FrameCount} frames, expected at most 1000000");
            for (int i = 0; i < scene.Materials.Count; i++) check.Material(scene.Materials[i]);
            if (scene.Bodies.Count == 0 && scene.Deformables.Count == 0) check.Fail("bodies", "found no body, expected at least one, or a deformable");
            foreach (SceneBody body in scene.Bodies) check.Body(body);
            check.Unique("materials", scene.Materials.Select(m => m.Name));
            check.Unique("bodies", scene.Bodies.Select(b => b.Name));
            check.Unique("deformables", scene.Deformables.Select(d => d.Name));
            foreach (SceneDeformable deformable in scene.Deformables) check.Deformable(deformable);
            check.Simulation();
            check.Unique("joints", scene.Joints.Select(j => j.Name));
            foreach (SceneJoint joint in scene.Joints) check.Joint(joint);
            check.Unique("forces", scene.Forces.Select(f => f.Name));
            foreach (SceneForce force in scene.Forces) check.Force(force);
            check.Unique("controls", scene.Controls.Select(c => c.Name));
            for (int i = 0; i < scene.Controls.Count; i++) check.Control(i);
            check.Unique("controllers", scene.Controllers.Select(c => c.Name));
            foreach (SceneController controller in scene.Controllers) check.Controller(controller);
            check.Unique("recordings", scene.Recordings.Select(r => r.Name));
            foreach (SceneRecording recording in scene.Recordings) check.Recording(recording);
            if (scene.Recordings.Count(r => r.IsSeveral) > 1) check.Fail("recordings", "found more than one path with *, expected at most one");
            for (int i = 0; i < scene.Parameters.Count; i++) check.Parameter(scene.Parameters[i], $"parameters[{i}]");
            for (int i = 0; i < scene.Couplings.Count; i++) check.Coupling(scene.Couplings[i], $"couplings[{i}]");
            if (scene.Parameters.Count > 0) check.ParameterSet();
            for (int i = 0; i < scene.Losses.Count; i++) check.Loss(scene.Losses[i], $"losses[{i}]");
            if (scene.Losses.Count > 0 && scene.Losses.All(l => l.Type == "effort")) check.Fail("losses", "found efforts alone, expected a loss on the motion too");
        }

        private sealed class Check
        {
            private readonly Scene _scene;
            private readonly IReadOnlyDictionary<string, int> _lines;
            private Dictionary<string, SceneValue> _values;

            public Check(Scene scene, IReadOnlyDictionary<string, int> lines)
            {
                _scene = scene;
                _lines = lines;
            }

            public void Fail(string path, string problem)
            {
                string at = path;
                int line;
                // The nearest enclosing value that has a line.
                while (!_lines.TryGetValue(at, out line) && at.Length > 0)
                {
                    int cut = at.LastIndexOfAny(new[] { '.', '[' });
                    at = cut < 0 ? "" : at.Substring(0, cut);
                }
                throw new SceneException(_scene.File, line, path, problem);
            }

            public void Unique(string path, IEnumerable<string> names)
            {
                var seen = new HashSet<string>();
                foreach (string name in names)
                {
                    if (string.IsNullOrEmpty(name)) Fail(path, "found an item without a name, expected one");
                    if (!seen.Add(name)) Fail(path + "." + name, $"the name '{name}' is taken twice, expected once");
                }
            }

            public void Material(SceneMaterial material)
            {
                string path = "materials." + material.Name;
                if (!(material.Friction >= 0)) Fail(path + ".friction", $"found {material.Friction}, expected a number that is not negative");
                if (!(material.Restitution >= 0 && material.Restitution <= 1)) Fail(path + ".restitution", $"found {material.Restitution}, expected a number from 0 to 1");
                NotNegative(path + ".rollingFriction", material.RollingFriction);
                NotNegative(path + ".torsionalFriction", material.TorsionalFriction);
                NotNegative(path + ".frequency", material.Frequency);
                NotNegative(path + ".dampingRatio", material.DampingRatio);
            }

            private void NotNegative(string path, double value)
            {
                if (!(value >= 0) || double.IsInfinity(value)) Fail(path, $"found {value}, expected a number that is not negative");
            }

            public void Body(SceneBody body)
            {
                string path = "bodies." + body.Name;
                if (body.Material != null) Reference(path + ".material", body.Material, "material", _scene.Materials.Select(m => m.Name));
                if (body.StartFrom != null) Reference(path + ".startFrom", body.StartFrom, "recording", _scene.Recordings.Select(r => r.Name));
                if (body.StartFrom != null) RecordingOf(path + ".startFrom", body.StartFrom, false);
                UnitLength(path + ".rotation", body.Rotation, "quaternion");
                if (body.Shape.Type == "plane")
                {
                    if (body.IsDynamic) Fail(path + ".motion", "found a plane that is dynamic, expected \"static\"");
                    UnitLength(path + ".shape.normal", body.Shape.Normal, "vector");
                }
                if (!double.IsNaN(body.Mass) && !(body.Mass > 0 && !double.IsInfinity(body.Mass))) Fail(path + ".mass", $"found {body.Mass}, expected a positive number");
                if (!body.IsDynamic)
                {
                    if (body.Velocity.Any(v => v != 0)) Fail(path + ".velocity", "found a velocity of a static body, expected none");
                    if (body.AngularVelocity.Any(v => v != 0)) Fail(path + ".angularVelocity", "found an angular velocity of a static body, expected none");
                }
                if (body.CentreOfMass != null && (body.Inertia == null || double.IsNaN(body.Mass))) Fail(path + ".centreOfMass", "found a centre of mass without mass and inertia, expected all three");
                if (body.StartFlight > 0 && body.StartFrom == null) Fail(path + ".startFlight", "found it without 'startFrom', expected a recording to fit");
                if (body.Inertia == null) return;
                for (int i = 0; i < 3; i++)
                {
                    double sum = body.Inertia[(i + 1) % 3] + body.Inertia[(i + 2) % 3];
                    if (body.Inertia[i] > sum * (1 + 1e-9)) Fail(path + ".inertia", $"found {string.Join(", ", body.Inertia)}, expected moments none of which exceeds the sum of the others (triangle inequality)");
                }
            }

            // Values of deformables exist only when their shapes are right.
            private Dictionary<string, SceneValue> Values => _values = _values ?? SceneParameters.Values(_scene);

            public void Deformable(SceneDeformable deformable)
            {
                string path = "deformables." + deformable.Name;
                if (_scene.Bodies.Exists(b => b.Name == deformable.Name)) Fail(path, $"the name '{deformable.Name}' is taken by a body, expected another");
                (string Member, string Problem)? wrong = DeformableRules.Check(_scene, deformable);
                if (wrong != null) Fail(path + "." + wrong.Value.Member, wrong.Value.Problem);
                for (int k = 0; k < deformable.Attachments.Count; k++) Reference($"{path}.attachments[{k}].body", deformable.Attachments[k].Body, "body", _scene.Bodies.Select(b => b.Name));
            }

            public void Simulation()
            {
                if (!SceneFormat.Integrators.Contains(_scene.Simulation.Integrator)) Fail("simulation.integrator", $"found the text \"{_scene.Simulation.Integrator}\", expected one of {string.Join(", ", SceneFormat.Integrators)}");
                NotNegative("simulation.particleRadius", _scene.Simulation.ParticleRadius);
                NotNegative("simulation.particleFriction", _scene.Simulation.ParticleFriction);
                if (!(_scene.Simulation.ParticleRestitution >= 0 && _scene.Simulation.ParticleRestitution <= 1)) Fail("simulation.particleRestitution", $"found {_scene.Simulation.ParticleRestitution}, expected a number from 0 to 1");
                bool touches = _scene.Simulation.ParticlesTouchBodies || _scene.Simulation.ParticlesTouchOneAnother;
                if (touches && !(_scene.Simulation.ParticleRadius > 0)) Fail("simulation." + (_scene.Simulation.ParticlesTouchBodies ? "particlesTouchBodies" : "particlesTouchOneAnother"), "found true without a radius of particles, expected a positive 'particleRadius'");
                if (_scene.Simulation.Iterations < 1) Fail("simulation.iterations", $"found {_scene.Simulation.Iterations}, expected at least 1");
            }

            public void Joint(SceneJoint joint)
            {
                string path = "joints." + joint.Name;
                if (!SceneJoint.Types.Contains(joint.Type)) Fail(path + ".type", $"found the text \"{joint.Type}\", expected one of {string.Join(", ", SceneJoint.Types)}");
                if (joint.A != null) Reference(path + ".a", joint.A, "body", _scene.Bodies.Select(b => b.Name));
                if (joint.B != null) Reference(path + ".b", joint.B, "body", _scene.Bodies.Select(b => b.Name));
                (string Member, string Problem)? wrong = JointRules.Check(_scene, joint);
                if (wrong != null) Fail(path + "." + wrong.Value.Member, wrong.Value.Problem);
            }

            public void Force(SceneForce force)
            {
                string path = "forces." + force.Name;
                if (!SceneForce.Types.Contains(force.Type)) Fail(path + ".type", $"found the text \"{force.Type}\", expected one of {string.Join(", ", SceneForce.Types)}");
                NotNegative(path + ".drag", force.Drag);
                NotNegative(path + ".linear", force.Linear);
                NotNegative(path + ".quadratic", force.Quadratic);
                NotNegative(path + ".density", force.Density);
                if (!(force.Radius > 0) || double.IsInfinity(force.Radius)) Fail(path + ".radius", $"found {force.Radius}, expected a positive number");
                if (force.Type == "thruster") Thruster(force, path);
                if (force.Type != "explosion") return;
                NotNegative(path + ".time", force.Time);
                if (!(force.Time < _scene.Simulation.Duration)) Fail(path + ".time", $"found {force.Time} s, expected a time within the simulation's {_scene.Simulation.Duration} s");
            }

            private void Thruster(SceneForce force, string path)
            {
                Reference(path + ".body", force.Body, "body", _scene.Bodies.Select(b => b.Name));
                if (!_scene.Bodies.Find(b => b.Name == force.Body).IsDynamic) Fail(path + ".body", $"found the static body '{force.Body}', expected one that is dynamic");
                if (force.Direction.All(v => v == 0)) Fail(path + ".direction", "found a direction of length zero, expected another");
            }

            public void Control(int index)
            {
                SceneControl control = _scene.Controls[index];
                string path = "controls." + control.Name;
                if (!SceneControl.Shapes.Contains(control.Shape)) Fail(path + ".shape", $"found the text \"{control.Shape}\", expected one of {string.Join(", ", SceneControl.Shapes)}");
                if (!double.IsNaN(control.Duration) && (!(control.Duration > 0) || double.IsInfinity(control.Duration))) Fail(path + ".duration", $"found {control.Duration}, expected a positive number");
                if (control.Points == null || control.Points.Length == 0) Fail(path + ".points", "found no point, expected at least one");
                for (int k = 0; k < control.Points.Length; k++)
                {
                    if (double.IsNaN(control.Points[k]) || double.IsInfinity(control.Points[k])) Fail($"{path}.points[{k}]", $"found {control.Points[k]}, expected a finite number");
                }
                string[] targets = SceneControl.TargetsOf(_scene).Select(t => t.Path).ToArray();
                if (!targets.Contains(control.Target)) Fail(path + ".target", $"there is nothing to control at '{control.Target}'{NearestName.Hint(control.Target ?? "", targets)} Forces and torques of dynamic bodies, drives of hinges, sliders, wheels and free coordinates of six-degree joints, and numbers of forces can be controlled.");
                SceneControl other = _scene.Controls.Take(index).FirstOrDefault(c => c.Target == control.Target);
                if (other != null) Fail(path + ".target", $"found '{control.Target}', which the control '{other.Name}' sets already, expected another");
            }

            public void Controller(SceneController controller)
            {
                (string Member, string Problem)? wrong = ControllerRules.Check(_scene, controller);
                if (wrong != null) Fail($"controllers.{controller.Name}.{wrong.Value.Member}", wrong.Value.Problem);
            }

            public void Recording(SceneRecording recording)
            {
                string path = "recordings." + recording.Name;
                if (recording.Path == null == (recording.Samples == null)) Fail(path, "expected either 'path' or 'samples'");
                if (recording.LeaveOut > 0 && !recording.IsSeveral) Fail(path + ".leaveOut", $"found {recording.LeaveOut} for a single recording, expected a path with * that stands for several");
                if (recording.Of != "body" && recording.Of != "particles") Fail(path + ".of", $"found the text \"{recording.Of}\", expected body or particles");
                if (recording.IsOfParticles && recording.IsSeveral) Fail(path + ".path", "found a path with * of a recording of particles, expected one file");
                if (recording.Samples == null) return;
                int columns = recording.IsOfParticles ? 5 : 4;
                var last = new Dictionary<double, double>();
                for (int i = 0; i < recording.Samples.Length; i++)
                {
                    double[] row = recording.Samples[i];
                    if (row.Length != columns) Fail($"{path}.samples[{i}]", $"found {row.Length} numbers, expected {columns}: {(recording.IsOfParticles ? "t, particle, x, y, z" : "t, x, y, z")}");
                    double owner = recording.IsOfParticles ? row[1] : 0;
                    if (!(owner >= 0 && owner == Math.Floor(owner) && owner < int.MaxValue)) Fail($"{path}.samples[{i}]", $"found particle {owner}, expected its number, counted from 0");
                    if (last.TryGetValue(owner, out double before) && !(row[0] > before)) Fail($"{path}.samples[{i}]", $"found time {row[0]} after {before}{(recording.IsOfParticles ? " of particle " + owner : "")}, expected rising times");
                    last[owner] = row[0];
                }
            }

            public void Parameter(SceneParameter parameter, string path)
            {
                for (int i = 0; i < parameter.Paths.Count; i++)
                {
                    string at = $"{path}.paths[{i}]";
                    IReadOnlyList<string> named = SceneParameters.Paths(new SceneParameter { Paths = { parameter.Paths[i] } }, Values.Keys);
                    if (named.Count == 0) Fail(at, $"no value is like '{parameter.Paths[i]}'{NearestName.Hint(parameter.Paths[i], Values.Keys)}");
                    foreach (string name in named) Driven(parameter, path, at, Value(at, name));
                }
            }

            private void Driven(SceneParameter parameter, string path, string at, SceneValue value)
            {
                NotControlled(at, value.Path);
                SceneDeformable deformable = value.Kind == SceneValueKind.Deformable ? _scene.Deformables[value.Owner] : null;
                if (deformable != null && value.Path.Contains(".points.") && deformable.Springs.Length > 0 && deformable["restLength"] == null)
                    Fail(at, $"found '{value.Path}', from which springs take their rest lengths, expected 'restLength' to be given");
                double initial = double.IsNaN(parameter.Initial) ? value.Value : parameter.Initial;
                if (parameter.Min < value.Least && !double.IsInfinity(parameter.Min)) Fail(path + ".min", $"found {parameter.Min}, expected at least {value.Least} for {value.Path}");
                if (parameter.Max > value.Most && !double.IsInfinity(parameter.Max)) Fail(path + ".max", $"found {parameter.Max}, expected at most {value.Most} for {value.Path}");
                if (initial < value.Least || initial > value.Most) Fail(path + ".initial", $"found {initial}, expected {value.Least} to {value.Most} for {value.Path}");
            }

            public void Coupling(SceneCoupling coupling, string path)
            {
                Value(path + ".target", coupling.Target);
                NotControlled(path + ".target", coupling.Target);
            }

            // Controls and controllers overwrite what they set, and controls run by the clock of the document.
            private void NotControlled(string at, string path)
            {
                SceneControl control = _scene.Controls.Find(c => c.Target == path);
                if (control != null) Fail(at, $"found '{path}', which the control '{control.Name}' sets, expected points such as controls.{control.Name}.points.0");
                SceneController controller = _scene.Controllers.Find(c => c.Outputs.Contains(path));
                if (controller != null) Fail(at, $"found '{path}', which the controller '{controller.Name}' sets, expected a number of the controller");
                if (path == "simulation.duration" && _scene.Controls.Count > 0) Fail(at, "found the simulation's duration in a scene with controls, expected a fixed duration");
                if (path == "simulation.duration" && _scene.Forces.Exists(f => f.Type == "explosion")) Fail(at, "found the simulation's duration in a scene with an explosion, expected a fixed duration");
            }

            public void ParameterSet()
            {
                for (int i = 0; i < _scene.Parameters.Count; i++)
                {
                    SceneParameter parameter = _scene.Parameters[i];
                    Try($"parameters[{i}]", () => SceneParameters.Create(parameter, Values).Count());
                }
                Try("parameters", () => new ParameterSet(_scene.Parameters.SelectMany(p => SceneParameters.Create(p, Values))));
                Try("couplings", () => SceneParameters.Create(_scene));
            }

            public void Loss(SceneLoss loss, string path)
            {
                if (loss.Type == "effort")
                {
                    Reference(path + ".control", loss.Control, "control", _scene.Controls.Select(c => c.Name));
                    return;
                }
                IEnumerable<string> things = _scene.Bodies.Select(b => b.Name).Concat(_scene.Deformables.Select(d => d.Name));
                string what = _scene.Deformables.Count > 0 ? "body or deformable" : "body";
                Reference(path + ".body", loss.Body, what, things);
                if (loss.Other != null) Reference(path + ".other", loss.Other, what, things);
                if (loss.Other != null && loss.Other == loss.Body) Fail(path + ".other", $"found '{loss.Other}' itself, expected another body");
                Particles(loss, path);
                if (loss.Type == "touch" || loss.Type == "apart") Gap(loss, path);
                if (loss.Recording != null) Reference(path + ".recording", loss.Recording, "recording", _scene.Recordings.Select(r => r.Name));
                if (loss.Recording != null) RecordingOf(path + ".recording", loss.Recording, loss.Type == "particles");
                if (loss.Time > _scene.Simulation.Duration * (1 + 1e-12)) Fail(path + ".time", $"found {loss.Time} s, expected a time within the simulation's {_scene.Simulation.Duration} s");
                if (loss.Type == "rotation") UnitLength(path + ".target", loss.Target, "quaternion");
                if (loss.Type == "speed" || loss.Type == "upright" && loss.Target != null) UnitLength(path + ".target", loss.Target, "vector");
                if (loss.Axes != null && (loss.Axes.Length == 0 || loss.Axes.Any(c => c < 'x' || c > 'z') || loss.Axes.Distinct().Count() < loss.Axes.Length)) Fail(path + ".axes", $"found the text \"{loss.Axes}\", expected some of x, y and z");
                for (int i = 1; loss.Type == "path" && loss.Points != null && i < loss.Points.Length; i++)
                {
                    if (!(loss.Points[i][0] > loss.Points[i - 1][0])) Fail($"{path}.points[{i}]", $"found time {loss.Points[i][0]} after {loss.Points[i - 1][0]}, expected rising times");
                }
            }

            private void RecordingOf(string at, string name, bool particles)
            {
                if (_scene.Recordings.Find(r => r.Name == name).IsOfParticles != particles) Fail(at, $"found '{name}', a recording of {(particles ? "a body" : "particles")}, expected one of {(particles ? "particles" : "a body")}");
            }

            // What is said of bodies that turn, and of bodies with surfaces, cannot be said of particles.
            private void Particles(SceneLoss loss, string path)
            {
                SceneDeformable deformable = _scene.Deformables.Find(d => d.Name == loss.Body);
                bool isOfTurning = loss.Type == "rotation" || loss.Type == "upright" || loss.Type == "touch" || loss.Type == "apart";
                foreach (string name in new[] { loss.Body, loss.Other })
                {
                    if (isOfTurning && _scene.Deformables.Exists(d => d.Name == name)) Fail(path + (name == loss.Body ? ".body" : ".other"), $"found the deformable '{name}' in a loss of type '{loss.Type}', expected a body");
                }
                bool isOfAll = loss.Type == "shape" || loss.Type == "particles";
                if (isOfAll && deformable == null) Fail(path + ".body", $"found the body '{loss.Body}' in a loss on a shape, expected a deformable");
                if (loss.Particle >= 0 && deformable == null) Fail(path + ".particle", $"found a particle of the body '{loss.Body}', expected a deformable");
                if (deformable == null) return;
                int count = DeformableShape.Of(deformable).Points.Count;
                if (loss.Particle >= count) Fail(path + ".particle", $"found particle {loss.Particle}, expected 0 to {count - 1}");
                if (isOfAll && loss.Particle >= 0) Fail(path + ".particle", "found it in a loss on a whole shape, expected none");
                if (loss.Type != "shape") return;
                if (loss.Points?.Length != count) Fail(path + ".points", $"found {loss.Points?.Length ?? 0} points, expected {count}, one for each particle");
            }

            // Sizes are constants in the formulas of gaps.
            private void Gap(SceneLoss loss, string path)
            {
                if (loss.Other == null) Fail(path, "'other' is missing: the other body");
                string shape = _scene.Bodies.Find(b => b.Name == loss.Body).Shape.Type, other = _scene.Bodies.Find(b => b.Name == loss.Other).Shape.Type;
                if (!ShapeGap.IsKnown(shape, other)) Fail(path + ".other", $"found a {other} for the gap to a {shape}, expected {string.Join(" or ", SceneFormat.ShapeTypes.Where(t => ShapeGap.IsKnown(shape, t)))}");
                foreach (string name in new[] { loss.Body, loss.Other })
                {
                    string start = $"bodies.{name}.shape.";
                    string driven = _scene.Parameters.SelectMany(p => p.Paths).Concat(_scene.Couplings.Select(c => c.Target)).FirstOrDefault(p => p.StartsWith(start, StringComparison.Ordinal));
                    if (driven != null) Fail(path, $"found a gap to a body whose size is tuned by '{driven}', expected bodies of fixed size");
                }
            }

            private void Try(string path, Action action)
            {
                try
                {
                    action();
                }
                catch (ArgumentException error)
                {
                    Fail(path, error.Message);
                }
            }

            private SceneValue Value(string at, string path)
            {
                if (!Values.TryGetValue(path, out SceneValue value)) Fail(at, $"there is no value '{path}'{NearestName.Hint(path, Values.Keys)}");
                return value;
            }

            private void Reference(string at, string name, string what, IEnumerable<string> names)
            {
                if (names.Contains(name)) return;
                string known = names.Any() ? $" Known: {string.Join(", ", names)}." : " There is none.";
                Fail(at, $"there is no {what} '{name}'{NearestName.Hint(name ?? "", names)}{known}");
            }

            private void UnitLength(string path, double[] vector, string what)
            {
                double length = Math.Sqrt(vector.Sum(v => v * v));
                if (!(Math.Abs(length - 1) <= UnitTolerance)) Fail(path, $"found a {what} of length {length:g4}, expected length 1");
            }
        }
    }
}
