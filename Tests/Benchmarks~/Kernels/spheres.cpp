// The hand-written spheres as a library: -DBASELINE='"…/w2_hand.cpp"' names their source.
#define main unused_main
#include BASELINE
#undef main

static T *kept;

extern "C" void prepare(int count) {
  steps = count;
  kept = alloc64<T>((size_t)steps * 6 * 128);
  for (int b = 0; b < B; b++) {
    double s[8], k, mu;
    Spheres::init(b, s, k, mu);
    for (int d = 0; d < 8; d++) X0[d][b] = (T)s[d];
    K[b] = (T)k, MU[b] = (T)mu;
  }
}
extern "C" void forward(int block) { block == 32 ? primal<32>() : block == 64 ? primal<64>() : primal<128>(); }
extern "C" void gradient(int block) { block == 32 ? grad<32>(kept) : block == 64 ? grad<64>(kept) : grad<128>(kept); }
extern "C" void sums(double *by) {
  for (int b = 0; b < B; b++) by[0] += GV[0][b] + GV[1][b] + GV[2][b], by[1] += GK[b], by[2] += GMU[b];
}
