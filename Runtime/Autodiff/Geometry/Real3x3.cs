namespace DiffPhysics.Autodiff
{
    /// <summary>A matrix of three by three traced numbers, kept by columns.</summary>
    public readonly struct Real3x3
    {
        /// <summary>Image of the x axis.</summary>
        public readonly Real3 X;

        /// <summary>Image of the y axis.</summary>
        public readonly Real3 Y;

        /// <summary>Image of the z axis.</summary>
        public readonly Real3 Z;

        /// <summary>The matrix with the given columns.</summary>
        public Real3x3(Real3 x, Real3 y, Real3 z)
        {
            X = x;
            Y = y;
            Z = z;
        }

        /// <summary>The unit matrix.</summary>
        public static Real3x3 Identity => Diagonal(Real3.One);

        /// <summary>The matrix of zeros.</summary>
        public static Real3x3 Zero => new Real3x3(Real3.Zero, Real3.Zero, Real3.Zero);

        /// <summary>The entries on the diagonal.</summary>
        public Real3 DiagonalPart => new Real3(X.X, Y.Y, Z.Z);

        /// <summary>Sum of the diagonal.</summary>
        public Real Trace => X.X + Y.Y + Z.Z;

        /// <summary>Determinant.</summary>
        public Real Determinant => Real3.Dot(X, Real3.Cross(Y, Z));

        /// <summary>The matrix with rows and columns exchanged.</summary>
        public Real3x3 Transpose => new Real3x3(new Real3(X.X, Y.X, Z.X), new Real3(X.Y, Y.Y, Z.Y), new Real3(X.Z, Y.Z, Z.Z));

        /// <summary>The inverse, by the adjugate. Not finite where the determinant is 0.</summary>
        public Real3x3 Inverse
        {
            get
            {
                Real3 yz = Real3.Cross(Y, Z);
                Real s = 1 / Real3.Dot(X, yz);
                return new Real3x3(yz * s, Real3.Cross(Z, X) * s, Real3.Cross(X, Y) * s).Transpose;
            }
        }

        /// <summary>The matrix with <paramref name="d"/> on its diagonal and zero elsewhere.</summary>
        public static Real3x3 Diagonal(Real3 d) => new Real3x3(new Real3(d.X, 0, 0), new Real3(0, d.Y, 0), new Real3(0, 0, d.Z));

        /// <summary>The symmetric matrix with the given entries.</summary>
        public static Real3x3 Symmetric(Real xx, Real yy, Real zz, Real xy, Real yz, Real zx) =>
            new Real3x3(new Real3(xx, xy, zx), new Real3(xy, yy, yz), new Real3(zx, yz, zz));

        /// <summary>The outer product a b^T.</summary>
        public static Real3x3 Outer(Real3 a, Real3 b) => new Real3x3(a * b.X, a * b.Y, a * b.Z);

        /// <summary>The matrix of the vector product: Skew(a) b = a x b.</summary>
        public static Real3x3 Skew(Real3 a) => new Real3x3(new Real3(0, a.Z, -a.Y), new Real3(-a.Z, 0, a.X), new Real3(a.Y, -a.X, 0));

        /// <summary>The rotation matrix of a unit quaternion: I + 2 w Skew(u) + 2 Skew(u)^2, with u the vector part.</summary>
        public static Real3x3 FromRotation(RealQuaternion q)
        {
            Real x2 = 2 * q.X, y2 = 2 * q.Y, z2 = 2 * q.Z;
            Real xx = q.X * x2, yy = q.Y * y2, zz = q.Z * z2, xy = q.X * y2, yz = q.Y * z2, zx = q.Z * x2;
            Real wx = q.W * x2, wy = q.W * y2, wz = q.W * z2;
            return new Real3x3(
                new Real3(1 - (yy + zz), xy + wz, zx - wy),
                new Real3(xy - wz, 1 - (zz + xx), yz + wx),
                new Real3(zx + wy, yz - wx, 1 - (xx + yy)));
        }

        /// <summary>Sum.</summary>
        public static Real3x3 operator +(Real3x3 a, Real3x3 b) => new Real3x3(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        /// <summary>Difference.</summary>
        public static Real3x3 operator -(Real3x3 a, Real3x3 b) => new Real3x3(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        /// <summary>Opposite matrix.</summary>
        public static Real3x3 operator -(Real3x3 a) => new Real3x3(-a.X, -a.Y, -a.Z);

        /// <summary>Product with a scalar.</summary>
        public static Real3x3 operator *(Real3x3 a, Real s) => new Real3x3(a.X * s, a.Y * s, a.Z * s);

        /// <summary>Product with a scalar.</summary>
        public static Real3x3 operator *(Real s, Real3x3 a) => a * s;

        /// <summary>Product with a vector.</summary>
        public static Real3 operator *(Real3x3 a, Real3 v) => a.X * v.X + a.Y * v.Y + a.Z * v.Z;

        /// <summary>Matrix product.</summary>
        public static Real3x3 operator *(Real3x3 a, Real3x3 b) => new Real3x3(a * b.X, a * b.Y, a * b.Z);

        /// <summary>A^T v.</summary>
        public static Real3 TransposeTimes(Real3x3 a, Real3 v) => new Real3(Real3.Dot(a.X, v), Real3.Dot(a.Y, v), Real3.Dot(a.Z, v));

        /// <summary>R D R^T with R the matrix of a unit quaternion and D diagonal: a body's inertia tensor seen from the world.</summary>
        public static Real3x3 RotateDiagonal(RealQuaternion rotation, Real3 diagonal)
        {
            Real3x3 r = FromRotation(rotation);
            Real3 x = r.X * diagonal.X, y = r.Y * diagonal.Y, z = r.Z * diagonal.Z; // the columns of R D
            Real xx = x.X * r.X.X + y.X * r.Y.X + z.X * r.Z.X, yy = x.Y * r.X.Y + y.Y * r.Y.Y + z.Y * r.Z.Y;
            Real zz = x.Z * r.X.Z + y.Z * r.Y.Z + z.Z * r.Z.Z, xy = x.X * r.X.Y + y.X * r.Y.Y + z.X * r.Z.Y;
            Real yz = x.Y * r.X.Z + y.Y * r.Y.Z + z.Y * r.Z.Z, zx = x.Z * r.X.X + y.Z * r.Y.X + z.Z * r.Z.X;
            return Symmetric(xx, yy, zz, xy, yz, zx);
        }

        /// <summary>
        /// The solution of A x = b for a symmetric positive definite A, by A = L D L^T without pivoting; only the lower triangle of A is
        /// read. Source: Golub and Van Loan, "Matrix Computations", section 4.1.
        /// </summary>
        public static Real3 SolveSymmetric(Real3x3 a, Real3 b)
        {
            Real i0 = 1 / a.X.X, l10 = a.X.Y * i0, l20 = a.X.Z * i0;
            Real i1 = 1 / (a.Y.Y - l10 * a.X.Y), m21 = a.Y.Z - l20 * a.X.Y, l21 = m21 * i1;
            Real i2 = 1 / (a.Z.Z - l20 * a.X.Z - l21 * m21);
            Real y0 = b.X, y1 = b.Y - l10 * y0, y2 = b.Z - l20 * y0 - l21 * y1;
            Real x2 = y2 * i2, x1 = y1 * i1 - l21 * x2, x0 = y0 * i0 - l10 * x1 - l20 * x2;
            return new Real3(x0, x1, x2);
        }

        /// <summary>a where the condition holds, else b.</summary>
        public static Real3x3 Select(Bool condition, Real3x3 a, Real3x3 b) => new Real3x3(
            Real3.Select(condition, a.X, b.X), Real3.Select(condition, a.Y, b.Y), Real3.Select(condition, a.Z, b.Z));
    }
}
