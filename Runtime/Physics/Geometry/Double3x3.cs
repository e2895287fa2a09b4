using System;

namespace DiffPhysics.Physics
{
    /// <summary>A matrix of three by three doubles, kept by columns. Inertia tensors are in kg m^2.</summary>
    public readonly struct Double3x3 : IEquatable<Double3x3>
    {
        /// <summary>Image of the x axis.</summary>
        public readonly Double3 X;

        /// <summary>Image of the y axis.</summary>
        public readonly Double3 Y;

        /// <summary>Image of the z axis.</summary>
        public readonly Double3 Z;

        /// <summary>The matrix with the given columns.</summary>
        public Double3x3(Double3 x, Double3 y, Double3 z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>The unit matrix.</summary>
        public static Double3x3 Identity => Diagonal(Double3.One);

        /// <summary>The matrix with <paramref name="d"/> on its diagonal and zero elsewhere.</summary>
        public static Double3x3 Diagonal(Double3 d) => new Double3x3(new Double3(d.X, 0, 0), new Double3(0, d.Y, 0), new Double3(0, 0, d.Z));

        /// <summary>The outer product a b^T.</summary>
        public static Double3x3 Outer(Double3 a, Double3 b) => new Double3x3(a * b.X, a * b.Y, a * b.Z);

        /// <summary>The rotation matrix of a unit quaternion.</summary>
        public static Double3x3 FromRotation(DoubleQuaternion q) =>
            new Double3x3(q.Rotate(Double3.UnitX), q.Rotate(Double3.UnitY), q.Rotate(Double3.UnitZ));

        /// <summary>Entry at a row and a column, each 0, 1 or 2.</summary>
        public double this[int row, int column] => Column(column)[row];

        /// <summary>Column 0, 1 or 2.</summary>
        public Double3 Column(int index) => index == 0 ? X : index == 1 ? Y : Z;

        /// <summary>The entries on the diagonal.</summary>
        public Double3 DiagonalPart => new Double3(X.X, Y.Y, Z.Z);

        /// <summary>Sum of the diagonal.</summary>
        public double Trace => X.X + Y.Y + Z.Z;

        /// <summary>Determinant.</summary>
        public double Determinant => Double3.Dot(X, Double3.Cross(Y, Z));

        /// <summary>The matrix with rows and columns exchanged.</summary>
        public Double3x3 Transpose => new Double3x3(new Double3(X.X, Y.X, Z.X), new Double3(X.Y, Y.Y, Z.Y), new Double3(X.Z, Y.Z, Z.Z));

        /// <summary>The inverse, by the adjugate. Not finite where the determinant is 0.</summary>
        public Double3x3 Inverse
        {
            get
            {
                double s = 1 / Determinant;
                return new Double3x3(Double3.Cross(Y, Z) * s, Double3.Cross(Z, X) * s, Double3.Cross(X, Y) * s).Transpose;
            }
        }

        /// <summary>Sum.</summary>
        public static Double3x3 operator +(Double3x3 a, Double3x3 b) => new Double3x3(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        /// <summary>Difference.</summary>
        public static Double3x3 operator -(Double3x3 a, Double3x3 b) => new Double3x3(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        /// <summary>Product with a scalar.</summary>
        public static Double3x3 operator *(Double3x3 a, double s) => new Double3x3(a.X * s, a.Y * s, a.Z * s);

        /// <summary>Product with a vector.</summary>
        public static Double3 operator *(Double3x3 a, Double3 v) => a.X * v.X + a.Y * v.Y + a.Z * v.Z;

        /// <summary>Matrix product.</summary>
        public static Double3x3 operator *(Double3x3 a, Double3x3 b) => new Double3x3(a * b.X, a * b.Y, a * b.Z);

        /// <summary>R A R^T: the tensor A seen from the frame that R leads to.</summary>
        public static Double3x3 Rotate(DoubleQuaternion rotation, Double3x3 a)
        {
            Double3x3 r = FromRotation(rotation);
            return r * a * r.Transpose;
        }

        /// <summary>
        /// Eigenvalues and orthonormal eigenvectors of a symmetric matrix, A = R diag(values) R^T with R a rotation, by
        /// cyclic Jacobi rotations. Source: C. G. J. Jacobi (1846), as in Golub and Van Loan, "Matrix Computations", section 8.5.
        /// </summary>
        /// <param name="a">A symmetric matrix; only its upper triangle is read.</param>
        /// <param name="values">The eigenvalues, in no particular order.</param>
        /// <returns>The rotation whose columns are the eigenvectors.</returns>
        public static DoubleQuaternion DiagonaliseSymmetric(Double3x3 a, out Double3 values)
        {
            double[] m = { a.X.X, a.Y.X, a.Z.X, a.Y.X, a.Y.Y, a.Z.Y, a.Z.X, a.Z.Y, a.Z.Z };
            double[] v = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
            double scale = Math.Max(Math.Abs(m[0]), Math.Max(Math.Abs(m[4]), Math.Abs(m[8]))) + Math.Abs(m[1]) + Math.Abs(m[2]) + Math.Abs(m[5]);
            for (int sweep = 0; sweep < 50 && Math.Abs(m[1]) + Math.Abs(m[2]) + Math.Abs(m[5]) > 1e-17 * scale; sweep++)
            {
                Annihilate(m, v, 0, 1);
                Annihilate(m, v, 0, 2);
                Annihilate(m, v, 1, 2);
            }

            values = new Double3(m[0], m[4], m[8]);
            Double3 x = new Double3(v[0], v[3], v[6]);
            Double3 y = new Double3(v[1], v[4], v[7]);
            return DoubleQuaternion.FromAxes(x, y, Double3.Cross(x, y));
        }

        /// <inheritdoc/>
        public bool Equals(Double3x3 other) => X.Equals(other.X) && Y.Equals(other.Y) && Z.Equals(other.Z);

        /// <inheritdoc/>
        public override bool Equals(object obj) => obj is Double3x3 other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(X, Y, Z);

        /// <inheritdoc/>
        public override string ToString() => "[" + X + ", " + Y + ", " + Z + "]";

        // One Jacobi rotation in the plane (p, q) that makes m[p, q] zero: A := J^T A J, V := V J.
        private static void Annihilate(double[] m, double[] v, int p, int q)
        {
            double apq = m[3 * p + q];
            if (apq == 0)
            {
                return;
            }

            double theta = (m[4 * q] - m[4 * p]) / (2 * apq);
            double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
            double c = 1 / Math.Sqrt(t * t + 1);
            double s = t * c;
            for (int k = 0; k < 3; k++)
            {
                double kp = m[3 * k + p];
                double kq = m[3 * k + q];
                m[3 * k + p] = c * kp - s * kq;
                m[3 * k + q] = s * kp + c * kq;
                double vp = v[3 * k + p];
                double vq = v[3 * k + q];
                v[3 * k + p] = c * vp - s * vq;
                v[3 * k + q] = s * vp + c * vq;
            }

            for (int k = 0; k < 3; k++)
            {
                double pk = m[3 * p + k];
                double qk = m[3 * q + k];
                m[3 * p + k] = c * pk - s * qk;
                m[3 * q + k] = s * pk + c * qk;
            }

            m[3 * p + q] = 0;
            m[3 * q + p] = 0;
        }
    }
}
