using System.Text.Json;
using Betar.Crypto;

namespace Betar.Ethereum.Keys;

/// <summary>scrypt with its cost, block size and repetitions.</summary>
public sealed record ScryptDerivation(int N, int R, int P) : KeyDerivation
{
    internal const string Kind = "scrypt";

    internal override string Name => Kind;

    // The factors are foreign; three of 31 bits fit 128.
    internal override bool IsAllowed(KeystoreOptions options) =>
        N >= 2 && int.IsPow2(N) && R >= 1 && P >= 1
        && (Int128)N * R * P <= options.MaxScryptWork
        && Scrypt.MemoryOf(N, R, P) <= (ulong)options.MaxMemoryBytes;

    internal override void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> key32) =>
        Scrypt.Derive(password, salt, N, R, P, key32);

    internal override void WriteParameters(Utf8JsonWriter writer)
    {
        writer.WriteNumber("n", N);
        writer.WriteNumber("r", R);
        writer.WriteNumber("p", P);
    }
}
