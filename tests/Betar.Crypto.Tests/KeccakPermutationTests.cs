using System.Numerics;

namespace Betar.Crypto.Tests;

public class KeccakPermutationTests
{
    // The published intermediate values of Keccak-f[1600] on the zero state: first lanes after one and two calls.
    [Fact]
    public void The_zero_state_becomes_the_published_lanes()
    {
        var state = new ulong[25];
        KeccakPermutation.Permute(state);
        Assert.Equal(0xF1258F7940E1DDE7UL, state[0]);
        Assert.Equal(0x84D5CCF933C0478AUL, state[1]);
        Assert.Equal(0xD598261EA65AA9EEUL, state[2]);
        Assert.Equal(0xEAF1FF7B5CECA249UL, state[24]);
        KeccakPermutation.Permute(state);
        Assert.Equal(0x2D5C954DF96ECB3CUL, state[0]);
        Assert.Equal(0x6A332CD07057B56DUL, state[1]);
    }

    [Fact]
    public void Random_states_agree_with_the_textbook()
    {
        var random = new Random(1600);
        for (var round = 0; round < 200; round++)
        {
            var state = new ulong[25];
            for (var i = 0; i < 25; i++)
            {
                state[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            }

            var expected = Textbook(state);
            KeccakPermutation.Permute(state);
            Assert.Equal(expected, state);
        }
    }

    [Theory]
    [InlineData(24)]
    [InlineData(26)]
    public void A_state_of_another_size_is_a_bug(int lanes) => Assert.Throws<ArgumentException>(() => KeccakPermutation.Permute(new ulong[lanes]));

    // θ, ρ, π, χ, ι with loops and tables that are computed, as the specification words them.
    private static ulong[] Textbook(ulong[] input)
    {
        var a = (ulong[])input.Clone();
        var shiftRegister = 1;
        for (var round = 0; round < 24; round++)
        {
            var c = Enumerable.Range(0, 5).Select(x => a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20]).ToArray();
            for (var i = 0; i < 25; i++)
            {
                a[i] ^= c[(i + 4) % 5] ^ BitOperations.RotateLeft(c[(i + 1) % 5], 1);
            }

            var b = new ulong[25];
            b[0] = a[0];
            var (x0, y0) = (1, 0);
            for (var t = 0; t < 24; t++)
            {
                var rotated = BitOperations.RotateLeft(a[x0 + (5 * y0)], (t + 1) * (t + 2) / 2 % 64);
                (x0, y0) = (y0, ((2 * x0) + (3 * y0)) % 5);
                b[x0 + (5 * y0)] = rotated;
            }

            for (var i = 0; i < 25; i++)
            {
                var row = i - (i % 5);
                a[i] = b[i] ^ (~b[row + ((i + 1) % 5)] & b[row + ((i + 2) % 5)]);
            }

            for (var bit = 0; bit <= 6; bit++)
            {
                if ((shiftRegister & 1) != 0)
                {
                    a[0] ^= 1UL << ((1 << bit) - 1);
                }

                shiftRegister = (shiftRegister << 1) ^ ((shiftRegister >> 7) * 0x171);
            }
        }

        return a;
    }
}
