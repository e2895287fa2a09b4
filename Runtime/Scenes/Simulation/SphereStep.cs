using System;
using System.Collections.Generic;
using System.Linq;
using DiffPhysics.Autodiff;
using DiffPhysics.Tuning;

namespace DiffPhysics.Scenes
{
    /// <summary>
    /// One substep of a few balls among static planes, as arithmetic on <see cref="Real"/>: ballistic flight, then impacts as
    /// event-consistent impulses. An impact's time s, counted back from the substep's end, comes from Newton steps on the gap
    /// along the motion; its impulse changes the end velocity in full and the end position by -s times the velocity change,
    /// so that the time of impact is part of every derivative. The earliest impact of all is applied first, then the next.
    /// </summary>
    internal sealed class SphereStep
    {
        // What closes slower, in m/s, beyond what gravity adds in a substep, rests: it does not bounce, and overlap is undone.
        private const double RestSpeed = 0.02;
        private const int NewtonSteps = 4;
        private const int State = Trajectories.StateSize;

        private readonly Scene _scene;
        private readonly IReadOnlyList<string> _targets;
        private readonly int[] _balls;
        private readonly int[] _planes;

        public SphereStep(Scene scene, IReadOnlyList<string> targets)
        {
            _scene = scene;
            _targets = targets;
            _balls = Enumerable.Range(0, scene.Bodies.Count).Where(b => scene.Bodies[b].IsDynamic).ToArray();
            _planes = Enumerable.Range(0, scene.Bodies.Count).Where(b => !scene.Bodies[b].IsDynamic).ToArray();
        }

        public IReadOnlyList<int> Balls => _balls;

        public int StateSize => _balls.Length * State;

        // State at time zero.
        public Real[] Initial(Real[] targets)
        {
            var numbers = new SceneNumbers(_scene, _targets, targets);
            var state = new List<Real>();
            foreach (int body in _balls)
            {
                state.AddRange(numbers.Vector(SceneValueKind.Position, body).ToArray());
                state.AddRange(_scene.Bodies[body].Rotation.Select(v => (Real)v));
                state.AddRange(numbers.Vector(SceneValueKind.Velocity, body).ToArray());
                state.AddRange(numbers.Vector(SceneValueKind.AngularVelocity, body).ToArray());
            }
            return state.ToArray();
        }

        // State after a substep, and the number of impacts in it.
        public Real[] Advance(Real[] state, Real[] targets, out Real impacts)
        {
            var numbers = new SceneNumbers(_scene, _targets, targets);
            Real h = numbers.Of(SceneValueKind.Duration) / (_scene.Simulation.FrameCount * _scene.Simulation.Substeps);
            Real3 gravity = numbers.Vector(SceneValueKind.Gravity);
            Ball[] balls = _balls.Select((body, i) => new Ball(_scene, numbers, body, state, i * State)).ToArray();
            foreach (Ball ball in balls)
            {
                ball.Position = ball.Position + ball.Velocity * h + gravity * (h * h * 0.5);
                ball.Velocity += gravity * h;
                ball.Rotation = RealQuaternion.FromVector(ball.Spin * h) * ball.Rotation;
            }
            List<Pair> pairs = Pairs(balls, numbers);
            impacts = 0;
            int sweeps = pairs.Count == 0 ? 0 : Math.Min(pairs.Count + 1, balls.Length + 2);
            for (int sweep = 0; sweep < sweeps; sweep++) impacts += ApplyEarliest(pairs, gravity, h);
            foreach (Ball ball in balls) ball.Rotation = RealQuaternion.Normalise(ball.Rotation);
            return balls.SelectMany(b => b.ToArray()).ToArray();
        }

        private List<Pair> Pairs(Ball[] balls, SceneNumbers numbers)
        {
            var pairs = new List<Pair>();
            for (int a = 0; a < balls.Length; a++)
            {
                foreach (int plane in _planes)
                {
                    double[] normal = _scene.Bodies[plane].Shape.Normal;
                    pairs.Add(new Pair(balls[a], null)
                    {
                        Normal = new Real3(normal[0], normal[1], normal[2]),
                        Point = numbers.Vector(SceneValueKind.Position, plane),
                        Surface = new Surface(_scene, numbers, _balls[a], plane),
                    });
                }
                for (int b = a + 1; b < balls.Length; b++) pairs.Add(new Pair(balls[a], balls[b]) { Surface = new Surface(_scene, numbers, _balls[a], _balls[b]) });
            }
            return pairs;
        }

        private static Real ApplyEarliest(List<Pair> pairs, Real3 gravity, Real h)
        {
            Real earliest = 1;
            foreach (Pair pair in pairs)
            {
                pair.Predict(gravity, h, NewtonSteps);
                earliest = Real.Select(pair.IsImpact & (pair.Time < earliest), pair.Time, earliest);
            }
            Real count = 0;
            foreach (Pair pair in pairs)
            {
                Bool chosen = pair.IsImpact & (pair.Time == earliest);
                count += Real.Select(chosen, 1, 0);
                pair.Apply(chosen);
            }
            return count;
        }

        private sealed class Ball
        {
            public Ball(Scene scene, SceneNumbers numbers, int body, Real[] state, int first)
            {
                Position = new Real3(state, first);
                Rotation = new RealQuaternion(state, first + 3);
                Velocity = new Real3(state, first + 7);
                Spin = new Real3(state, first + 10);
                Radius = numbers.Of(SceneValueKind.Radius, body);
                Mass = numbers.Has(SceneValueKind.Mass, body)
                    ? numbers.Of(SceneValueKind.Mass, body)
                    : scene.Bodies[body].Density * (4.0 / 3 * Math.PI) * Radius * Radius * Radius;
                Inertia = numbers.Has(SceneValueKind.Inertia, body) ? numbers.Of(SceneValueKind.Inertia, body) : 0.4 * Mass * Radius * Radius;
            }

            public Real3 Position { get; set; }
            public RealQuaternion Rotation { get; set; }
            public Real3 Velocity { get; set; }
            public Real3 Spin { get; set; }
            public Real Radius { get; }
            public Real Mass { get; }
            public Real Inertia { get; }

            public IEnumerable<Real> ToArray() => Position.ToArray().Concat(Rotation.ToArray()).Concat(Velocity.ToArray()).Concat(Spin.ToArray());

            // An impulse at the contact, which lies at lever from the centre, and a mass-weighted shift out of an overlap.
            public void Push(Real3 impulse, Real3 lever, Real time, Real3 shift)
            {
                Real3 change = impulse / Mass;
                Velocity += change;
                Position += shift / Mass - change * time;
                Real3 spin = Real3.Cross(lever, impulse) / Inertia;
                Spin += spin;
                Rotation = RealQuaternion.FromVector(spin * -time) * Rotation;
            }
        }

        private sealed class Surface
        {
            public Surface(Scene scene, SceneNumbers numbers, int a, int b)
            {
                Friction = Real.Sqrt(Of(scene, numbers, a, SceneValueKind.Friction, 0.5) * Of(scene, numbers, b, SceneValueKind.Friction, 0.5));
                Restitution = Real.Max(Of(scene, numbers, a, SceneValueKind.Restitution, 0), Of(scene, numbers, b, SceneValueKind.Restitution, 0));
            }

            public Real Friction { get; }
            public Real Restitution { get; }

            private static Real Of(Scene scene, SceneNumbers numbers, int body, SceneValueKind kind, double otherwise)
            {
                int material = scene.Materials.FindIndex(m => m.Name == scene.Bodies[body].Material);
                return material < 0 ? otherwise : numbers.Of(kind, material);
            }
        }

        // A ball and a plane, or two balls. Time counts back from the substep's end: zero is the end, -h its start.
        private sealed class Pair
        {
            private readonly Ball _a;
            private readonly Ball _b;
            private Real3 _normalThen;
            private Real3 _velocityThen;
            private Real _closing;
            private Real _push;
            private Bool _rests;

            public Pair(Ball a, Ball b)
            {
                _a = a;
                _b = b;
            }

            public Real3 Normal { get; set; }
            public Real3 Point { get; set; }
            public Surface Surface { get; set; }
            public Real Time { get; private set; }
            public Bool IsImpact { get; private set; }

            public void Predict(Real3 gravity, Real h, int newtonSteps)
            {
                Gap(0, gravity, out Real gapAtEnd, out Real rateAtEnd, out _);
                _rests = -rateAtEnd < RestSpeed + 1.01 * h * gravity.Length;
                _push = Real.Select(_rests, -gapAtEnd, 0);
                Time = 0;
                for (int i = 0; i < newtonSteps; i++)
                {
                    Gap(Time, gravity, out Real gap, out Real rate, out _);
                    Bool closing = rate < -1e-12;
                    Time = Real.Select(closing, Real.Clamp(Time - gap / Real.Select(closing, rate, -1), -2 * h, 0), Time);
                }
                Time = Real.Select(_rests, 0, Time);
                Gap(Time, gravity, out _, out Real speed, out _normalThen);
                _closing = -speed;
                IsImpact = (gapAtEnd < 0) & (_closing > 1e-9);
            }

            public void Apply(Bool chosen)
            {
                // A ball that does not hit gets an impulse of exactly zero.
                Real bounce = Real.Select(_rests, 0, Surface.Restitution);
                Real3 leverA = _normalThen * -_a.Radius;
                Real3 slip = _velocityThen + Real3.Cross(_a.Spin, leverA);
                Real masses = 1 / _a.Mass;
                Real turns = _a.Radius * _a.Radius / _a.Inertia;
                Real3 leverB = Real3.Zero;
                if (_b != null)
                {
                    leverB = _normalThen * _b.Radius;
                    slip -= Real3.Cross(_b.Spin, leverB);
                    masses += 1 / _b.Mass;
                    turns += _b.Radius * _b.Radius / _b.Inertia;
                }
                slip -= _normalThen * Real3.Dot(slip, _normalThen);
                Real normalImpulse = (1 + bounce) * _closing / masses;
                // Stick if the cone allows the impulse that stops the slip; else slide against it.
                Real slipSpeed = slip.Length;
                Real sticking = slipSpeed / (masses + turns);
                Real tangent = Real.Min(sticking, Surface.Friction * normalImpulse);
                Real3 impulse = _normalThen * normalImpulse - slip * (tangent / Real.Max(slipSpeed, 1e-12));
                impulse = Real3.Select(chosen, impulse, Real3.Zero);
                Real push = Real.Select(chosen, _push, 0) / masses;
                _a.Push(impulse, leverA, Time, _normalThen * push);
                _b?.Push(-impulse, leverB, Time, _normalThen * -push);
            }

            // Gap, its rate and the normal (from b to a) at a time; two balls fall alike, so gravity drops out between them.
            private void Gap(Real time, Real3 gravity, out Real gap, out Real rate, out Real3 normal)
            {
                if (_b == null)
                {
                    normal = Normal;
                    _velocityThen = _a.Velocity + gravity * time;
                    Real3 position = _a.Position + _a.Velocity * time + gravity * (time * time * 0.5);
                    gap = Real3.Dot(position - Point, normal) - _a.Radius;
                }
                else
                {
                    _velocityThen = _a.Velocity - _b.Velocity;
                    Real3 between = _a.Position - _b.Position + _velocityThen * time;
                    normal = Real3.Normalise(between, out Real distance);
                    gap = distance - _a.Radius - _b.Radius;
                }
                rate = Real3.Dot(_velocityThen, normal);
            }
        }
    }
}
