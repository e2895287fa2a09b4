namespace DiffPhysics.Scenes
{
    /// <summary>The types of deformables in a scene document.</summary>
    internal static class DeformableFormat
    {
        public static VariantFormat<SceneDeformable> Describe()
        {
            var deformables = new VariantFormat<SceneDeformable>(d => d.Type, (d, v) => d.Type = v);
            Placed(deformables.Variant("springs", "Particles joined by damped springs.")
                .Add("points", new TableFormat(3, "a list of rows [x, y, z]"), d => d.Points, (d, v) => d.Points = v, "Positions of the particles in m.", true)
                .Add("springs", new IndexTableFormat(2, "a list of pairs of particles"), d => d.Springs, (d, v) => d.Springs = v, "Pairs of particles that springs join."), "springs");
            Placed(deformables.Variant("cloth", "A cloth: triangles that resist stretch, shear and bending.")
                .Add("mesh", ClothMeshes(), d => d.Mesh, (d, v) => d.Mesh = v, "Its shape at rest, and where it starts.", true), "cloth");
            Placed(deformables.Variant("rope", "A rope: segments that resist stretch and bending, straight at rest.")
                .Add("from", new VectorFormat(3, 3), d => d.From, (d, v) => d.From = v, "Where a straight rope begins, in m.")
                .Add("to", new VectorFormat(3, 3), d => d.To, (d, v) => d.To = v, "Where a straight rope ends, in m.")
                .Number("segments", NumberRule.Whole(1, 100000), d => d.Segments, (d, v) => d.Segments = (int)v, "Segments of a straight rope.")
                .Add("points", new TableFormat(3, "a list of rows [x, y, z]"), d => d.Points, (d, v) => d.Points = v, "Its particles in order, in m, in place of 'from', 'to' and 'segments'."), "rope");
            Placed(deformables.Variant("soft", "A soft body: tetrahedra of stable neo-Hookean material.")
                .Add("mesh", SoftMeshes(), d => d.Mesh, (d, v) => d.Mesh = v, "Its shape at rest, and where it starts.", true), "soft");
            return deformables;
        }

        private static void Placed(ObjectFormat<SceneDeformable> format, string type)
        {
            var attachments = new ObjectFormat<SceneAttachment>("A damped spring without length between a particle and the point of a body at which it starts.")
                .Number("particle", NumberRule.Whole(0), a => a.Particle, (a, v) => a.Particle = (int)v, "The particle, counted from 0.", true)
                .Text("body", a => a.Body, (a, v) => a.Body = v, "Name of the body.", true)
                .Number("stiffness", NumberRule.NotNegative, a => a.Stiffness, (a, v) => a.Stiffness = v, "In N/m.", true)
                .Number("damping", NumberRule.NotNegative, a => a.Damping, (a, v) => a.Damping = v, "In N s/m.");
            format
                .Add("position", new VectorFormat(3, 3), d => d.Position, (d, v) => d.Position = v, "Where its own frame is put, in m.")
                .Add("rotation", new VectorFormat(4, 4), d => d.Rotation, (d, v) => d.Rotation = v, "Unit quaternion x y z w, from its own frame to the world.")
                .Add("velocity", new VectorFormat(3, 3), d => d.Velocity, (d, v) => d.Velocity = v, "First velocity of all particles in m/s.")
                .Add("angularVelocity", new VectorFormat(3, 3), d => d.AngularVelocity, (d, v) => d.AngularVelocity = v, "First angular velocity about the origin of its frame in rad/s, world frame.")
                .Add("velocities", new TableFormat(3, "a list of rows [x, y, z], one for each particle"), d => d.Velocities, (d, v) => d.Velocities = v, "What each particle's first velocity is beyond that, in m/s.")
                .Add("pins", new IndexFormat("a list of particles"), d => d.Pins, (d, v) => d.Pins = v, "Particles that keep their first velocity, counted from 0.")
                .Add("attachments", new ListFormat<SceneAttachment>(attachments, "a list of attachments"), d => d.Attachments, (d, v) => d.Attachments = v, "Ties to bodies.");
            foreach (DeformableNumber number in DeformableNumber.Of(type))
            {
                string word = number.Word;
                NumberRule rule = number.IsSigned ? NumberRule.Any : number.Word == "restScale" ? NumberRule.Positive : NumberRule.NotNegative;
                bool isSingle = number.Per == DeformableElement.All;
                string meaning = number.Meaning + (number.Unit == "" ? "" : $" In {number.Unit}.") + (isSingle ? "" : $" One for all, or one for each {number.Per.ToString().ToLowerInvariant()}.");
                IFormat<double[]> form = number.IsVector ? new VectorFormat(3, 3, rule) : (IFormat<double[]>)new NumbersFormat(rule, !isSingle);
                format.Add(word, form, d => d[word], (d, v) => d[word] = v, meaning);
            }
        }

        private static VariantFormat<SceneMesh> ClothMeshes()
        {
            var meshes = new VariantFormat<SceneMesh>(m => m.Type, (m, v) => m.Type = v);
            meshes.Variant("sheet", "A flat sheet in its plane y = 0, centred; vertex row * columns + column.")
                .Number("columns", NumberRule.Whole(2, 10000), m => m.Columns, (m, v) => m.Columns = (int)v, "Vertices along x.", true)
                .Number("rows", NumberRule.Whole(2, 10000), m => m.Rows, (m, v) => m.Rows = (int)v, "Vertices along z.", true)
                .Add("size", new VectorFormat(2, 2, NumberRule.Positive), m => m.Size, (m, v) => m.Size = v, "Extents along x and z in m.", true);
            meshes.Variant("ball", "The surface of a ball: an icosahedron whose triangles are cut into four, and again.")
                .Number("radius", NumberRule.Positive, m => m.Radius, (m, v) => m.Radius = v, "Radius in m.", true)
                .Number("fineness", NumberRule.Whole(0, 6), m => m.Fineness, (m, v) => m.Fineness = (int)v, "How often triangles are cut.");
            return Listed(meshes, "triangles", 3, "Vertices and the triangles between them.", "Three vertices each, counterclockwise seen from the front.");
        }

        private static VariantFormat<SceneMesh> SoftMeshes()
        {
            var meshes = new VariantFormat<SceneMesh>(m => m.Type, (m, v) => m.Type = v);
            meshes.Variant("box", "A box of equal cells, centred, each cut into six tetrahedra.")
                .Add("cells", new IndexFormat("a list of 3 whole numbers of at least 1", 3, 1), m => m.Cells, (m, v) => m.Cells = v, "Cells along x, y and z.", true)
                .Add("size", new VectorFormat(3, 3, NumberRule.Positive), m => m.Size, (m, v) => m.Size = v, "Extents in m.", true);
            meshes.Variant("ball", "A ball: a cube of cells, each shell of which is pulled onto a sphere.")
                .Number("radius", NumberRule.Positive, m => m.Radius, (m, v) => m.Radius = v, "Radius in m.", true)
                .Number("fineness", NumberRule.Whole(2, 1000), m => m.Fineness, (m, v) => m.Fineness = (int)v, "Cells across.");
            return Listed(meshes, "tetrahedra", 4, "Vertices and the tetrahedra between them.", "Four vertices each, the last on the side to which the first three run counterclockwise.");
        }

        private static VariantFormat<SceneMesh> Listed(VariantFormat<SceneMesh> meshes, string type, int corners, string description, string meaning)
        {
            meshes.Variant(type, description)
                .Add("vertices", new TableFormat(3, "a list of rows [x, y, z]"), m => m.Vertices, (m, v) => m.Vertices = v, "Vertices in m.", true)
                .Add(type, new IndexTableFormat(corners, $"a list of rows of {corners} vertices"), m => m.Corners, (m, v) => m.Corners = v, meaning, true);
            return meshes;
        }
    }
}
