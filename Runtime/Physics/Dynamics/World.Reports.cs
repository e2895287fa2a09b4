using System;
using System.Collections.Generic;

namespace DiffPhysics.Physics
{
    // What can be asked of a world between steps: what touched, what is where.
    public sealed partial class World
    {
        private SpatialQueries[] queries;
        private int queriedShapes;
        private Pose[] poses;

        /// <summary>Lists what shapes did to each other in the last step, in the order of their finding.</summary>
        /// <param name="into">Cleared, then receives the contacts.</param>
        /// <param name="world">Which of the worlds.</param>
        /// <exception cref="InvalidOperationException">The world was not asked to report (<see cref="WorldOptions.ReportContacts"/>).</exception>
        public void Contacts(List<Contact> into, int world = 0)
        {
            ContactReports reports = Reports;
            Element(0, world);
            into.Clear();
            foreach (ref readonly ContactSum sum in reports.Contacts)
                if (sum.World == world) into.Add(new Contact(bodies[sum.A], bodies[sum.B], sum.ShapeA, sum.ShapeB, sum));
        }

        /// <summary>Lists what was in triggers in the last step.</summary>
        /// <inheritdoc cref="Contacts"/>
        public void Triggers(List<TriggerOverlap> into, int world = 0)
        {
            ContactReports reports = Reports;
            Element(0, world);
            into.Clear();
            foreach ((int w, int a, int b) in reports.Triggers)
            {
                if (w != world) continue;
                Body first = bodies[stepper.ColliderOf(w, a).Body], second = bodies[stepper.ColliderOf(w, b).Body];
                into.Add(first.IsTrigger ? new TriggerOverlap(first, second) : new TriggerOverlap(second, first));
            }
        }

        /// <summary>Rays and overlaps in a world as it stands now; ask again when bodies have moved.</summary>
        /// <param name="world">Which of the worlds.</param>
        /// <returns>Queries whose bodies are the indices of <see cref="Bodies"/>, and whose colliders are numbers of shapes.</returns>
        public SpatialQueries Queries(int world = 0)
        {
            Build();
            Element(0, world);
            stepper.FollowShapes();
            if (queries == null || queriedShapes != stepper.ShapeChanges)
            {
                queries = new SpatialQueries[Worlds];
                queriedShapes = stepper.ShapeChanges;
            }

            queries[world] ??= new SpatialQueries(stepper.CollidersOf(world));
            poses ??= new Pose[bodies.Count];
            for (int body = 0; body < poses.Length; body++) poses[body] = stepper.PoseOf(world, body);
            queries[world].Update(poses);
            return queries[world];
        }

        private ContactReports Reports
        {
            get
            {
                Build();
                return stepper.Reports ?? throw new InvalidOperationException("This world does not report contacts and triggers: set WorldOptions.ReportContacts before it is built.");
            }
        }
    }
}
