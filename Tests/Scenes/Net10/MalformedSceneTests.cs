#if NET10_0_OR_GREATER
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace DiffPhysics.Scenes.Tests
{
    /// <summary>Each case breaks one thing of a right scene and says where the error must point and what it must say.</summary>
    public sealed class MalformedSceneTests
    {
        private const string Right = @"{
  ""version"": 1,
  // a ball over a floor
  ""name"": ""drop"",
  ""gravity"": [0, -9.8, 0],
  ""simulation"": { ""duration"": 1, ""frameRate"": 60, ""substeps"": 1 },
  ""materials"": { ""rubber"": { ""friction"": 0.5, ""restitution"": 0.9 } },
  ""bodies"": {
    ""floor"": { ""motion"": ""static"", ""shape"": { ""type"": ""plane"", ""normal"": [0, 1, 0] }, ""material"": ""rubber"" },
    ""ball"": { ""shape"": { ""type"": ""sphere"", ""radius"": 0.1 }, ""material"": ""rubber"", ""mass"": 1.5, ""inertia"": [1, 1, 1],
              ""position"": [0, 1, 0], ""rotation"": [0, 0, 0, 1], ""velocity"": [1, 0, 0] },
    ""other"": { ""shape"": { ""type"": ""box"", ""halfSize"": [1, 1, 1] } },
  },
  ""deformables"": {
    ""net"": { ""type"": ""springs"", ""points"": [[0, 0, 0], [1, 0, 0]], ""springs"": [[0, 1]], ""mass"": [2, 3], ""restLength"": 0.9, ""velocity"": [0, 1, 0],
      ""velocities"": [[0, 0, 0], [0, 0, 1]] },
    ""sheet"": { ""type"": ""cloth"", ""mesh"": { ""type"": ""sheet"", ""columns"": 3, ""rows"": 3, ""size"": [1, 2] }, ""density"": 0.3, ""wind"": [1, 0, 0], ""pins"": [0, 2] },
    ""cord"": { ""type"": ""rope"", ""from"": [0, 0, 0], ""to"": [2, 0, 0], ""segments"": 4, ""attachments"": [ { ""particle"": 4, ""body"": ""ball"", ""stiffness"": 50 } ] },
    ""jelly"": { ""type"": ""soft"", ""mesh"": { ""type"": ""box"", ""cells"": [1, 1, 2], ""size"": [1, 1, 1] }, ""young"": 9000, ""poisson"": 0.4, ""fibre"": [1, 0, 0] },
  },
  ""joints"": {
    ""hook"": { ""type"": ""hinge"", ""a"": ""other"", ""b"": ""ball"", ""anchor"": [0, 1, 0], ""axis"": [0, 0, 1], ""lower"": -1, ""upper"": 1, ""stiffness"": 4, ""rest"": 0.1 },
  },
  ""recordings"": { ""seen"": { ""samples"": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]] } },
  ""parameters"": [ { ""paths"": [""bodies.ball.velocity.x""], ""min"": -5, ""max"": 5, ""initial"": 1 } ],
  ""couplings"": [ { ""target"": ""bodies.ball.velocity.z"", ""terms"": [ { ""source"": ""bodies.ball.velocity.x"", ""factor"": 2 } ] } ],
  ""losses"": [
    { ""type"": ""point"", ""body"": ""ball"", ""target"": [1, 0.1, 0], ""time"": 0.9, ""axes"": ""xy"" },
    { ""type"": ""recording"", ""body"": ""ball"", ""recording"": ""seen"" },
    { ""type"": ""shape"", ""body"": ""net"", ""points"": [[0, 0, 0], [2, 0, 0]] },
    { ""type"": ""height"", ""body"": ""cord"", ""particle"": 2, ""value"": 1 },
  ],
  ""tuning"": { ""optimiser"": { ""method"": ""lbfgs"" }, ""starts"": 1, ""seed"": 3 },
}";

        // find, replacement, path of the error, words of the error
        private static readonly string[][] Cases =
        {
            new[] { "\"mass\": 1.5", "\"mass\": \"heavy\"", "bodies.ball.mass", "the text \"heavy\"", "a positive number" },
            new[] { "\"mass\": 1.5", "\"mass\": -1.5", "bodies.ball.mass", "-1.5", "a positive number" },
            new[] { "\"mass\": 1.5", "\"mass\": 0", "bodies.ball.mass", "the number 0", "a positive number" },
            new[] { "\"mass\": 1.5", "\"mass\": NaN", "", "not JSON" },
            new[] { "\"mass\": 1.5", "\"mass\": \"NaN\"", "bodies.ball.mass", "the text \"NaN\"" },
            new[] { "\"mass\": 1.5", "\"mass\": null", "bodies.ball.mass", "found null" },
            new[] { "\"mass\": 1.5", "\"mass\": 1e999", "bodies.ball.mass", "1e999", "too large" },
            new[] { "\"mass\": 1.5", "\"mass\": 1e200", "bodies.ball.mass", "1e200", "too large" },
            new[] { "\"mass\": 1.5", "\"mas\": 1.5", "bodies.ball.mas", "unknown name 'mas'", "did you mean 'mass'" },
            new[] { "\"mass\": 1.5", "\"mass\": 1.5, \"mass\": 2", "bodies.ball.mass", "twice" },
            new[] { "\"inertia\": [1, 1, 1]", "\"centreOfMass\": [0, 0.01, 0]", "bodies.ball.centreOfMass", "without mass and inertia", "expected all three" },
            new[] { "\"mass\": 1.5", "\"mass\": 1.5, \"startFlight\": 0.1", "bodies.ball.startFlight", "without 'startFrom'" },
            new[] { "\"seen\": {", "\"seen\": { \"leaveOut\": 4,", "recordings.seen.leaveOut", "a path with *" },
            new[] { "\"seen\": {", "\"a\": { \"path\": \"a*.csv\" }, \"b\": { \"path\": \"b*.csv\" }, \"seen\": {", "recordings", "more than one path with *" },
            new[] { "\"inertia\": [1, 1, 1]", "\"inertia\": [1, 1, 3]", "bodies.ball.inertia", "triangle inequality" },
            new[] { "\"inertia\": [1, 1, 1]", "\"inertia\": [1, 1, -1]", "bodies.ball.inertia[2]", "positive" },
            new[] { "\"position\": [0, 1, 0]", "\"position\": [0, 1]", "bodies.ball.position", "a list of 2", "a list of 3 numbers" },
            new[] { "\"position\": [0, 1, 0]", "\"position\": 3", "bodies.ball.position", "the number 3" },
            new[] { "\"position\": [0, 1, 0]", "\"position\": [0, true, 0]", "bodies.ball.position[1]", "found true" },
            new[] { "\"position\": [0, 1, 0]", "\"position\": [0, 1, 1e300]", "bodies.ball.position[2]", "too large" },
            new[] { "\"rotation\": [0, 0, 0, 1]", "\"rotation\": [0, 0, 0, 2]", "bodies.ball.rotation", "length 2", "length 1" },
            new[] { "\"rotation\": [0, 0, 0, 1]", "\"rotation\": [0, 0, 0, 0]", "bodies.ball.rotation", "length 0" },
            new[] { "\"radius\": 0.1", "\"radius\": 0", "bodies.ball.shape.radius", "positive" },
            new[] { "\"radius\": 0.1", "\"diameter\": 0.1", "bodies.ball.shape.diameter", "unknown name" },
            new[] { ", \"radius\": 0.1", "", "bodies.ball.shape", "'radius' is missing" },
            new[] { "\"type\": \"sphere\"", "\"type\": \"spere\"", "bodies.ball.shape.type", "did you mean 'sphere'" },
            new[] { "\"type\": \"sphere\", ", "", "bodies.ball.shape", "'type' is missing" },
            new[] { "\"normal\": [0, 1, 0]", "\"normal\": [0, 3, 0]", "bodies.floor.shape.normal", "length 3" },
            new[] { "\"motion\": \"static\", ", "", "bodies.floor.motion", "dynamic" },
            new[] { "\"motion\": \"static\"", "\"motion\": \"statc\"", "bodies.floor.motion", "did you mean 'static'" },
            new[] { "\"material\": \"rubber\" }", "\"material\": \"ruber\" }", "bodies.floor.material", "no material 'ruber'", "did you mean 'rubber'" },
            new[] { "\"friction\": 0.5", "\"friction\": -0.5", "materials.rubber.friction", "not negative" },
            new[] { "\"friction\": 0.5", "\"friction\": 0.5, \"rollingFriction\": -1", "materials.rubber.rollingFriction", "not negative" },
            new[] { "\"friction\": 0.5", "\"friction\": 0.5, \"frequncy\": 5", "materials.rubber.frequncy", "did you mean 'frequency'" },
            new[] { "bodies.ball.velocity.x\"]", "materials.rubber.frequency\"]", "parameters[0].paths[0]", "no value 'materials.rubber.frequency'" },
            new[] { "\"losses\": [", "\"forces\": { \"air\": { \"type\": \"drag\", \"linear\": -1 } }, \"losses\": [", "forces.air.linear", "not negative" },
            new[] { "\"losses\": [", "\"forces\": { \"air\": { \"type\": \"wnd\" } }, \"losses\": [", "forces.air.type", "did you mean 'wind'" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0] },", "joints.j", "'axes' is missing" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axes\": { \"twst\": {} } },", "joints.j.axes.twst", "no coordinate 'twst'", "did you mean 'twist'" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axes\": { \"x\": { \"stifness\": 1 } } },", "joints.j.axes.x.stifness", "did you mean 'stiffness'" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axes\": { \"x\": { \"frequency\": 1 } } },", "joints.j.axes.x.frequency", "unknown name 'frequency'" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axes\": { \"x\": { \"rest\": 1 } } },", "joints.j.axes.x.rest", "without 'stiffness'" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axes\": { \"x\": { \"lower\": 2, \"upper\": 1 } } },", "joints.j.axes.x.lower", "over the upper limit 1" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axes\": { \"x\": 1 } },", "joints.j.axes.x", "the number 1", "an object" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"sixDegree\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axes\": { \"x\": {} }, \"rotation\": [0, 0, 0, 2] },", "joints.j.rotation", "length 2" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"wheel\", \"a\": \"other\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axis\": [0, 0, 1], \"damping\": 1 },", "joints.j.stiffness", "found none", "suspension" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"wheel\", \"a\": \"other\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axis\": [0, 0, 1], \"stiffness\": 1, \"up\": [0, 1, 1] },", "joints.j.up", "45 degrees" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"wheel\", \"a\": \"other\", \"b\": \"ball\", \"anchor\": [0, 1, 0], \"axis\": [0, 0, 1], \"stiffness\": 1, \"target\": 1 },", "joints.j.target", "unknown name 'target'" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"pulley\", \"a\": \"ball\", \"b\": \"other\", \"anchor\": [0, 1, 0], \"anchorB\": [0, 0, 0], \"pulleyA\": [0, 3, 0], \"pulleyB\": [0, 0, 0] },", "joints.j.pulleyB", "the anchor of B" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"pulley\", \"a\": \"ball\", \"b\": \"other\", \"anchor\": [0, 1, 0], \"anchorB\": [0, 0, 0], \"pulleyA\": [0, 3, 0] },", "joints.j", "'pulleyB' is missing" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"pulley\", \"a\": \"ball\", \"b\": \"other\", \"anchor\": [0, 1, 0], \"anchorB\": [0, 0, 0], \"pulleyA\": [0, 3, 0], \"pulleyB\": [0, 3, 0], \"ratio\": 0 },", "joints.j.ratio", "positive" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"pulley\", \"a\": \"ball\", \"b\": \"other\", \"anchor\": [0, 1, 0], \"anchorB\": [0, 0, 0], \"pulleyA\": [0, 3, 0], \"pulleyB\": [0, 3, 0], \"upper\": 0 },", "joints.j.upper", "positive length" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"gear\", \"first\": \"hok\", \"second\": \"hook\" },", "joints.j.first", "no hinge 'hok' before the gear", "did you mean 'hook'" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"gear\", \"first\": \"hook\", \"second\": \"hook\" },", "joints.j.first", "'other', which moves" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"gear\", \"first\": \"hook\" },", "joints.j", "'second' is missing" },
            new[] { "\"axis\": [0, 0, 1], \"lower\": -1, \"upper\": 1, \"stiffness\": 4, \"rest\": 0.1 },", "\"axis\": [0, 0, 1] }, \"j\": { \"type\": \"gear\", \"first\": \"hook\", \"second\": \"hook\", \"anchor\": [0, 0, 0] },", "joints.j.anchor", "unknown name 'anchor'" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"pid\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"] } }, \"losses\": [", "controllers.c.type", "one of linear, network" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]] } }, \"losses\": [", "controllers.c", "'inputs' is missing" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"] } }, \"losses\": [", "controllers.c", "'gains' is missing" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]] } }, \"losses\": [", "controllers.c.inputs", "at least one path" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.positon.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]] } }, \"losses\": [", "controllers.c.inputs[0]", "nothing to read at 'bodies.ball.positon.y'", "did you mean 'bodies.ball.position.y'" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.floor.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]] } }, \"losses\": [", "controllers.c.inputs[0]", "nothing to read" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"joints.hook.position\"], \"outputs\": [\"joints.hook.target\"], \"gains\": [[1]] } }, \"losses\": [", "controllers.c.outputs[0]", "nothing to control at 'joints.hook.target'" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"joints.hook.position\"], \"outputs\": [\"bodies.ball.force.y\", \"bodies.ball.force.y\"], \"gains\": [[1], [2]] } }, \"losses\": [", "controllers.c.outputs[1]", "twice" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1], [2]] } }, \"losses\": [", "controllers.c.gains", "found 2 rows, expected 1" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1, 2]] } }, \"losses\": [", "controllers.c.gains[0]", "found 2 numbers, expected 1" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[true]] } }, \"losses\": [", "controllers.c.gains[0][0]", "found true" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]], \"references\": [1, 2] } }, \"losses\": [", "controllers.c.references", "expected 1, one for each input" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]], \"bias\": [1, 2] } }, \"losses\": [", "controllers.c.bias", "expected 1, one for each output" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]], \"weights\": [1] } }, \"losses\": [", "controllers.c.weights", "unknown name 'weights'" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"network\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"hidden\": [0] } }, \"losses\": [", "controllers.c.hidden[0]", "at least 1" },
            new[] { "\"losses\": [", "\"controllers\": { \"c\": { \"type\": \"network\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"hidden\": [2], \"weights\": [1, 2] } }, \"losses\": [", "controllers.c.weights", "found 2 numbers, expected 7" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.y\", \"points\": [1] } }, \"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"bodies.ball.force.y\"], \"gains\": [[1]] } }, \"losses\": [", "controllers.c.outputs[0]", "the control 'push' sets already" },
            new[] { "\"parameters\": [ {", "\"controllers\": { \"c\": { \"type\": \"linear\", \"inputs\": [\"bodies.ball.position.y\"], \"outputs\": [\"joints.hook.driveForce\"], \"gains\": [[1]] } }, \"parameters\": [ { \"paths\": [\"controllers.c.gains.0.1\"] }, {", "parameters[0].paths[0]", "no value", "did you mean 'controllers.c.gains.0.0'" },
            new[] { "\"samples\": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]]", "\"of\": \"cloth\", \"samples\": [[0, 0, 1, 0]]", "recordings.seen.of", "one of body, particles" },
            new[] { "\"samples\": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]]", "\"of\": \"particles\", \"samples\": [[0, 0, 1, 0]]", "recordings.seen.samples[0]", "found 4 numbers, expected 5" },
            new[] { "\"samples\": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]]", "\"samples\": [[0, 0, 1, 0, 0]]", "recordings.seen.samples[0]", "found 5 numbers, expected 4" },
            new[] { "\"samples\": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]]", "\"of\": \"particles\", \"samples\": [[0, 0.5, 0, 1, 0]]", "recordings.seen.samples[0]", "found particle 0.5" },
            new[] { "\"samples\": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]]", "\"of\": \"particles\", \"samples\": [[0, 1, 0, 1, 0], [0, 1, 0, 1, 0]]", "recordings.seen.samples[1]", "of particle 1, expected rising times" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"particles\", \"body\": \"net\", \"recording\": \"seen\" },", "losses[0].recording", "a recording of a body, expected one of particles" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"particles\", \"body\": \"ball\", \"recording\": \"seen\" },", "losses[0].body", "expected a deformable" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"particles\", \"body\": \"net\" },", "losses[0]", "'recording' is missing" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"thruster\" } }, \"losses\": [", "forces.f", "'body' is missing" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"thruster\", \"body\": \"bal\" } }, \"losses\": [", "forces.f.body", "no body 'bal'", "did you mean 'ball'" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"thruster\", \"body\": \"floor\" } }, \"losses\": [", "forces.f.body", "static body 'floor'", "dynamic" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"thruster\", \"body\": \"ball\", \"direction\": [0, 0, 0] } }, \"losses\": [", "forces.f.direction", "length zero" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"thruster\", \"body\": \"ball\", \"place\": [0, 1] } }, \"losses\": [", "forces.f.place", "a list of 3 numbers" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"thruster\", \"body\": \"ball\", \"thrst\": 1 } }, \"losses\": [", "forces.f.thrst", "did you mean 'thrust'" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"blast\", \"place\": [0, 0, 0], \"radius\": 0 } }, \"losses\": [", "forces.f.radius", "positive" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"blast\", \"radius\": 1 } }, \"losses\": [", "forces.f", "'place' is missing" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"explosion\", \"place\": [0, 0, 0], \"radius\": 1 } }, \"losses\": [", "forces.f", "'impulse' is missing" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"explosion\", \"place\": [0, 0, 0], \"radius\": 1, \"impulse\": \"big\" } }, \"losses\": [", "forces.f.impulse", "the text" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"explosion\", \"place\": [0, 0, 0], \"radius\": 1, \"impulse\": 2, \"time\": 1 } }, \"losses\": [", "forces.f.time", "within the simulation's 1 s" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"explosion\", \"place\": [0, 0, 0], \"radius\": 1, \"impulse\": 2, \"time\": -1 } }, \"losses\": [", "forces.f.time", "not negative" },
            new[] { "\"losses\": [", "\"forces\": { \"f\": { \"type\": \"explosion\", \"place\": [0, 0, 0], \"radius\": 1, \"impulse\": 2 } }, \"controls\": { \"c\": { \"target\": \"forces.f.impulse\", \"points\": [1] } }, \"losses\": [", "controls.c.target", "nothing to control at 'forces.f.impulse'" },
            new[] { "\"parameters\": [ {", "\"forces\": { \"f\": { \"type\": \"explosion\", \"place\": [0, 0, 0], \"radius\": 1, \"impulse\": 2 } }, \"parameters\": [ { \"paths\": [\"simulation.duration\"] }, {", "parameters[0].paths[0]", "a scene with an explosion" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.bal.force.x\", \"points\": [1] } }, \"losses\": [", "controls.push.target", "nothing to control at 'bodies.bal.force.x'", "did you mean 'bodies.ball.force.x'" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"joints.hook.target\", \"points\": [1] } }, \"losses\": [", "controls.push.target", "nothing to control at 'joints.hook.target'" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"points\": [1] } }, \"losses\": [", "controls.push", "'target' is missing" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.x\" } }, \"losses\": [", "controls.push", "'points' is missing" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.x\", \"points\": [] } }, \"losses\": [", "controls.push.points", "at least 1 numbers" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.x\", \"points\": [1, true] } }, \"losses\": [", "controls.push.points[1]", "found true" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.x\", \"points\": [1, 2], \"shape\": \"linar\" } }, \"losses\": [", "controls.push.shape", "did you mean 'linear'" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.x\", \"points\": [1, 2], \"duration\": 0 } }, \"losses\": [", "controls.push.duration", "positive" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.x\", \"points\": [1, 2], \"durtion\": 1 } }, \"losses\": [", "controls.push.durtion", "did you mean 'duration'" },
            new[] { "\"losses\": [", "\"controls\": { \"push\": { \"target\": \"bodies.ball.force.x\", \"points\": [1, 2] }, \"pull\": { \"target\": \"bodies.ball.force.x\", \"points\": [1, 2] } }, \"losses\": [", "controls.pull.target", "the control 'push' sets already" },
            new[] { "bodies.ball.velocity.x\"]", "controls.push.points.0\"]", "parameters[0].paths[0]", "no value 'controls.push.points.0'" },
            new[] { "\"parameters\": [ {", "\"controls\": { \"push\": { \"target\": \"joints.hook.driveForce\", \"points\": [1] } }, \"parameters\": [ { \"paths\": [\"simulation.duration\"] }, {", "parameters[0].paths[0]", "a scene with controls", "a fixed duration" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"effort\", \"control\": \"push\" },", "losses[0].control", "no control 'push'" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"effort\" },", "losses[0]", "'control' is missing" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"effort\", \"control\": \"push\", \"body\": \"ball\" },", "losses[0].body", "unknown name 'body'" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"touch\", \"body\": \"ball\" },", "losses[0]", "'other' is missing" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"touch\", \"body\": \"ball\", \"other\": \"flor\" },", "losses[0].other", "did you mean 'floor'" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"apart\", \"body\": \"ball\", \"other\": \"floor\" },", "losses[0]", "'value' is missing" },
            new[] { "\"losses\": [", "\"losses\": [ { \"type\": \"apart\", \"body\": \"ball\", \"other\": \"floor\", \"value\": -1 },", "losses[0].value", "positive" },
            new[] { "\"restitution\": 0.9", "\"restitution\": 1.9", "materials.rubber.restitution", "from 0 to 1" },
            new[] { "\"ball\": {", "\"my.ball\": {", "bodies", "'my.ball' is not allowed" },
            new[] { "\"ball\": {", "\"\": {", "bodies", "not allowed" },
            new[] { "\"duration\": 1", "\"duration\": 0", "simulation.duration", "positive" },
            new[] { "\"duration\": 1, ", "", "simulation", "'duration' is missing" },
            new[] { "\"duration\": 1", "\"duration\": 1e9", "simulation", "frames" },
            new[] { "\"frameRate\": 60", "\"frameRate\": -60", "simulation.frameRate", "positive" },
            new[] { "\"substeps\": 1", "\"substeps\": 1.5", "simulation.substeps", "whole number" },
            new[] { "\"substeps\": 1", "\"substeps\": 0", "simulation.substeps", "whole number" },
            new[] { "\"version\": 1,", "", "", "'version' is missing" },
            new[] { "\"version\": 1", "\"version\": 2", "version", "expected 1" },
            new[] { "\"version\": 1", "\"version\": \"one\"", "version", "the text \"one\"" },
            new[] { "\"gravity\": [0, -9.8, 0]", "\"gravitiy\": [0, -9.8, 0]", "gravitiy", "did you mean 'gravity'" },
            new[] { "\"gravity\": [0, -9.8, 0]", "\"gravity\": {}", "gravity", "an object" },
            new[] { "[\"bodies.ball.velocity.x\"], \"min\"", "[\"bodies.bal.velocity.x\"], \"min\"", "parameters[0].paths[0]", "did you mean 'bodies.ball.velocity.x'" },
            new[] { "[\"bodies.ball.velocity.x\"], \"min\"", "[], \"min\"", "parameters[0].paths", "at least one path" },
            new[] { "[\"bodies.ball.velocity.x\"], \"min\"", "[\"bodies.ball.velocity.x\", \"bodies.ball.velocity.x\"], \"min\"", "parameters", "driven twice" },
            new[] { "\"min\": -5", "\"min\": 6", "parameters[0]", "above its upper bound" },
            new[] { "\"initial\": 1", "\"initial\": 7", "parameters[0]", "outside its bounds" },
            new[] { "\"initial\": 1", "\"initial\": -1, \"scale\": \"logarithmic\"", "parameters[0]", "positive initial value" },
            new[] { "\"initial\": 1", "\"scale\": \"log\"", "parameters[0].scale", "one of linear, logarithmic" },
            new[] { "[\"bodies.ball.velocity.x\"], \"min\": -5, \"max\": 5", "[\"materials.rubber.restitution\"], \"max\": 5", "parameters[0].max", "at most 1" },
            new[] { "\"source\": \"bodies.ball.velocity.x\"", "\"source\": \"bodies.ball.velocity.z\"", "couplings", "cycle" },
            new[] { "\"source\": \"bodies.ball.velocity.x\"", "\"source\": \"bodies.ball.velocity.y\"", "couplings", "neither a parameter nor coupled" },
            new[] { "\"target\": \"bodies.ball.velocity.z\"", "\"target\": \"bodies.ball.velocity.q\"", "couplings[0].target", "no value" },
            new[] { "\"type\": \"point\"", "\"type\": \"points\"", "losses[0].type", "did you mean 'point'" },
            new[] { "\"body\": \"ball\", \"target\"", "\"body\": \"bal\", \"target\"", "losses[0].body", "no body or deformable 'bal'", "did you mean 'ball'" },
            new[] { "\"body\": \"ball\", \"target\"", "\"target\"", "losses[0]", "'body' is missing" },
            new[] { "\"time\": 0.9", "\"time\": 1.9", "losses[0].time", "within the simulation's 1 s" },
            new[] { "\"time\": 0.9", "\"time\": -0.9", "losses[0].time", "not negative" },
            new[] { "\"axes\": \"xy\"", "\"axes\": \"xq\"", "losses[0].axes", "some of x, y and z" },
            new[] { "\"recording\": \"seen\"", "\"recording\": \"scene\"", "losses[1].recording", "no recording 'scene'" },
            new[] { "\"samples\": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]]", "\"samples\": []", "recordings.seen.samples", "an empty list" },
            new[] { "[0.5, 0, 0.5, 0]", "[0, 0, 0.5, 0]", "recordings.seen.samples[1]", "rising times" },
            new[] { "\"samples\": [[0, 0, 1, 0], [0.5, 0, 0.5, 0]]", "", "recordings.seen", "either 'path' or 'samples'" },
            new[] { "\"method\": \"lbfgs\"", "\"method\": \"adm\"", "tuning.optimiser.method", "did you mean 'adam'" },
            new[] { "\"starts\": 1", "\"starts\": 0", "tuning.starts", "whole number from 1" },
            new[] { "\"seed\": 3", "\"sed\": 3", "tuning.sed", "did you mean 'seed'" },
            new[] { "\"losses\": [", "\"losses\": [ 5,", "losses[0]", "expected an object" },
            new[] { "\"a\": \"other\"", "\"a\": \"othr\"", "joints.hook.a", "no body 'othr'", "did you mean 'other'" },
            new[] { "\"b\": \"ball\"", "\"b\": \"bal\"", "joints.hook.b", "no body 'bal'", "did you mean 'ball'" },
            new[] { "\"b\": \"ball\", ", "", "joints.hook", "'b' is missing" },
            new[] { "\"a\": \"other\"", "\"a\": \"ball\"", "joints.hook.b", "found 'ball' itself", "another body" },
            new[] { "\"a\": \"other\", \"b\": \"ball\"", "\"b\": \"floor\"", "joints.hook.b", "static", "one that is dynamic" },
            new[] { "\"axis\": [0, 0, 1]", "\"axis\": [0, 0, 0]", "joints.hook.axis", "length zero" },
            new[] { "\"lower\": -1", "\"lower\": 2", "joints.hook.lower", "found 2", "upper limit 1" },
            new[] { "\"stiffness\": 4", "\"stiffness\": -4", "joints.hook.stiffness", "not negative" },
            new[] { "\"stiffness\": 4", "\"stifness\": 4", "joints.hook.stifness", "did you mean 'stiffness'" },
            new[] { "\"stiffness\": 4, ", "", "joints.hook.rest", "without 'stiffness'" },
            new[] { "\"stiffness\": 4", "\"stiffness\": 4, \"maxForce\": 1", "joints.hook.maxForce", "without a drive" },
            new[] { "\"stiffness\": 4", "\"stiffness\": 4, \"target\": 1", "joints.hook.target", "without 'driveStiffness'" },
            new[] { "\"type\": \"hinge\"", "\"type\": \"hing\"", "joints.hook.type", "did you mean 'hinge'" },
            new[] { "\"type\": \"hinge\"", "\"type\": \"ball\"", "joints.hook.axis", "unknown name 'axis'" },
            new[] { "\"type\": \"hinge\"", "\"type\": \"universal\", \"axisB\": [0, 1, 1]", "joints.hook.lower", "unknown name 'lower'" },
            new[] { "bodies.ball.velocity.x\"]", "joints.hook.damping\"]", "parameters[0].paths[0]", "no value 'joints.hook.damping'" },
            new[] { "\"type\": \"cloth\"", "\"type\": \"clothe\"", "deformables.sheet.type", "did you mean 'cloth'" },
            new[] { "\"type\": \"cloth\", ", "", "deformables.sheet", "'type' is missing" },
            new[] { "\"sheet\": { \"type\"", "\"ball\": { \"type\"", "deformables.ball", "taken by a body" },
            new[] { "\"density\": 0.3", "\"densty\": 0.3", "deformables.sheet.densty", "did you mean 'density'" },
            new[] { "\"density\": 0.3", "\"density\": -0.3", "deformables.sheet.density", "-0.3", "not negative" },
            new[] { "\"density\": 0.3", "\"density\": 0", "deformables.sheet.density", "found 0", "positive" },
            new[] { "\"density\": 0.3", "\"density\": \"thin\"", "deformables.sheet.density", "the text \"thin\"" },
            new[] { "\"density\": 0.3", "\"density\": [0.3, 0.3]", "deformables.sheet.density", "found 2 numbers", "1 for all or 8, one for each triangle" },
            new[] { "\"density\": 0.3", "\"stiffness\": 5", "deformables.sheet.stiffness", "unknown name 'stiffness'" },
            new[] { "\"density\": 0.3", "\"warpStiffness\": 1e300", "deformables.sheet.warpStiffness", "too large" },
            new[] { "\"density\": 0.3", "\"restScale\": 0", "deformables.sheet.restScale", "positive" },
            new[] { "\"wind\": [1, 0, 0]", "\"wind\": 1", "deformables.sheet.wind", "a list of 3 numbers" },
            new[] { "\"wind\": [1, 0, 0]", "\"linearDrag\": [1, 2]", "deformables.sheet.linearDrag", "found a list of 2" },
            new[] { "\"pins\": [0, 2]", "\"pins\": [0, 9]", "deformables.sheet.pins[1]", "found particle 9", "0 to 8" },
            new[] { "\"pins\": [0, 2]", "\"pins\": [0, 1.5]", "deformables.sheet.pins[1]", "whole number" },
            new[] { "\"pins\": [0, 2]", "\"pins\": 3", "deformables.sheet.pins", "a list of particles" },
            new[] { "\"columns\": 3", "\"columns\": 1", "deformables.sheet.mesh.columns", "from 2" },
            new[] { "\"columns\": 3, ", "", "deformables.sheet.mesh", "'columns' is missing" },
            new[] { "\"size\": [1, 2]", "\"size\": [1, 0]", "deformables.sheet.mesh.size[1]", "positive" },
            new[] { "\"type\": \"sheet\", \"columns\": 3, \"rows\": 3, \"size\": [1, 2]", "\"type\": \"box\"", "deformables.sheet.mesh.type", "one of sheet, ball, triangles" },
            new[] { "\"type\": \"sheet\", \"columns\": 3, \"rows\": 3, \"size\": [1, 2]", "\"type\": \"triangles\", \"vertices\": [[0, 0, 0], [1, 0, 0], [2, 0, 0]], \"triangles\": [[0, 1, 2]]", "deformables.sheet.mesh", "has no area" },
            new[] { "\"mesh\": { \"type\": \"sheet\", \"columns\": 3, \"rows\": 3, \"size\": [1, 2] }, ", "", "deformables.sheet", "'mesh' is missing" },
            new[] { "[[0, 1]]", "[[0, 2]]", "deformables.net.springs[0]", "found particle 2", "0 to 1" },
            new[] { "[[0, 1]]", "[[1, 1]]", "deformables.net.springs[0]", "particle 1 twice" },
            new[] { "[[0, 1]]", "[[0, 1, 2]]", "deformables.net.springs[0]", "a list of 2 whole numbers" },
            new[] { "\"mass\": [2, 3]", "\"mass\": [2, 3, 4]", "deformables.net.mass", "found 3 numbers", "2, one for each particle" },
            new[] { "\"mass\": [2, 3]", "\"mass\": [2, 0]", "deformables.net.mass", "0 for particle 1", "a pin" },
            new[] { "\"restLength\": 0.9", "\"restLength\": 0.9, \"restScale\": 2", "deformables.net.restScale", "beside 'restLength'" },
            new[] { "[[0, 0, 0], [0, 0, 1]]", "[[0, 0, 0]]", "deformables.net.velocities", "found 1 rows", "expected 2" },
            new[] { "[[0, 0, 0], [0, 0, 1]]", "[[0, 0, 0], [0, 1]]", "deformables.net.velocities[1]", "a list of 3 numbers" },
            new[] { "\"to\": [2, 0, 0]", "\"to\": [0, 0, 0]", "deformables.cord.to", "where the rope begins" },
            new[] { "\"segments\": 4", "\"segments\": 0", "deformables.cord.segments", "from 1" },
            new[] { "\"particle\": 4, \"body\": \"ball\"", "\"particle\": 5, \"body\": \"ball\"", "deformables.cord.attachments[0].particle", "0 to 4" },
            new[] { "\"particle\": 4, \"body\": \"ball\"", "\"particle\": 4, \"body\": \"bll\"", "deformables.cord.attachments[0].body", "no body 'bll'", "did you mean 'ball'" },
            new[] { "\"stiffness\": 50", "\"stiffness\": -50", "deformables.cord.attachments[0].stiffness", "not negative" },
            new[] { "\"young\": 9000, ", "", "deformables.jelly.poisson", "without 'young'" },
            new[] { "\"young\": 9000, \"poisson\": 0.4, ", "", "deformables.jelly.young", "found no stiffness" },
            new[] { "\"young\": 9000", "\"young\": 9000, \"mu\": 1, \"lambda\": 1", "deformables.jelly.young", "expected one pair" },
            new[] { "\"poisson\": 0.4", "\"poisson\": 0.5", "deformables.jelly.poisson", "below 0.5" },
            new[] { "\"fibre\": [1, 0, 0]", "\"fibre\": [1, 1, 0]", "deformables.jelly.fibre", "length 1" },
            new[] { "\"cells\": [1, 1, 2]", "\"cells\": [1, 1, 0]", "deformables.jelly.mesh.cells[2]", "at least 1" },
            new[] { "\"body\": \"net\", \"points\"", "\"body\": \"ball\", \"points\"", "losses[2].body", "expected a deformable" },
            new[] { "[[0, 0, 0], [2, 0, 0]] }", "[[0, 0, 0]] }", "losses[2].points", "found 1 points", "expected 2" },
            new[] { "\"particle\": 2, \"value\"", "\"particle\": 5, \"value\"", "losses[3].particle", "0 to 4" },
            new[] { "\"body\": \"cord\", \"particle\"", "\"body\": \"other\", \"particle\"", "losses[3].particle", "expected a deformable" },
            new[] { "\"body\": \"cord\", \"particle\"", "\"body\": \"crd\", \"particle\"", "losses[3].body", "no body or deformable 'crd'", "did you mean 'cord'" },
            new[] { "\"type\": \"height\", \"body\": \"cord\", \"particle\": 2, \"value\": 1", "\"type\": \"upright\", \"body\": \"cord\"", "losses[3].body", "expected a body" },
            new[] { "bodies.ball.velocity.x\"]", "deformables.sheet.densty\"]", "parameters[0].paths[0]", "no value", "did you mean 'deformables.sheet.density'" },
            new[] { "bodies.ball.velocity.x\"]", "deformables.sheet.velocities.*.q\"]", "parameters[0].paths[0]", "no value is like" },
            new[] { "\"initial\": 1", "\"initial\": 1, \"each\": 1", "parameters[0].each", "true or false" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"integrator\": \"implicit\"", "simulation.integrator", "one of ballistic, symplectic, constraints" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"iterations\": 0", "simulation.iterations", "from 1" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"particleRadius\": -1", "simulation.particleRadius", "not negative" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"particlesTouchBodies\": true", "simulation.particlesTouchBodies", "a positive 'particleRadius'" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"particlesTouchOneAnother\": true", "simulation.particlesTouchOneAnother", "a positive 'particleRadius'" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"particlesTouchBodies\": \"yes\"", "simulation.particlesTouchBodies", "true or false" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"particleFriction\": -1", "simulation.particleFriction", "not negative" },
            new[] { "\"substeps\": 1", "\"substeps\": 1, \"particleRestitution\": 2", "simulation.particleRestitution", "from 0 to 1" },
            new[] { Right, "", "", "not JSON" },
            new[] { Right, "[]", "", "expected an object" },
            new[] { "\"name\": \"drop\",", "\"name\": \"drop\" \"x\",", "", "not JSON" },
        };

        public static IEnumerable<TestCaseData> All()
        {
            for (int i = 0; i < Cases.Length; i++) yield return new TestCaseData(i).SetArgDisplayNames($"{i}: {Cases[i][1].Substring(0, System.Math.Min(40, Cases[i][1].Length))}");
        }

        [TestCaseSource(nameof(All))]
        public void OneClearErrorNamesFileLinePathAndRule(int index)
        {
            string[] parts = Cases[index];
            Assert.That(Right, Does.Contain(parts[0]), "the case does not fit the scene");
            int at = Right.IndexOf(parts[0], System.StringComparison.Ordinal);
            string broken = Right.Remove(at, parts[0].Length).Insert(at, parts[1]);

            SceneException error = TestScenes.ErrorOf(() => SceneFile.Parse(broken, "drop.json"));

            Assert.That(error.Path, Is.EqualTo(parts[2]), error.Message);
            foreach (string words in parts.Skip(3)) Assert.That(error.Problem, Does.Contain(words));
            Assert.That(error.Message, Does.StartWith("drop.json("));
            int line = Right.Take(at).Count(c => c == '\n') + 1;
            // Errors about a whole object or list point to where that begins.
            Assert.That(error.Line, parts[2].Contains('.') && !parts[3].Contains("missing") ? Is.InRange(line - 2, line + 1) : Is.InRange(1, 35), error.Message);
        }

        [Test]
        public void TheRightSceneIsRight()
        {
            Scene scene = SceneFile.Parse(Right, "drop.json");

            Assert.That(scene.Bodies.Select(b => b.Name), Is.EqualTo(new[] { "floor", "ball", "other" }));
            Assert.That(scene.Bodies[1].Velocity, Is.EqualTo(new[] { 1.0, 0, 0 }));
            Assert.That(scene.Losses[0].Time, Is.EqualTo(0.9));
            Assert.That(scene.Tuning.Seed, Is.EqualTo(3));
        }

        [Test]
        public void AMissingFileIsTold()
        {
            Assert.That(() => SceneFile.Load("no-such-scene.json"), Throws.TypeOf<SceneException>().With.Message.Contains("no such file"));
        }
    }
}
#endif
