using System.Security.Cryptography;
using System.Text.Json;

namespace Betar.Ethereum.Keys;

/// <summary>PBKDF2 with HMAC-SHA256.</summary>
public sealed record Pbkdf2Derivation(int Rounds) : KeyDerivation
{
    internal const string Kind = "pbkdf2";
    internal const string Function = "hmac-sha256";

    internal override string Name => Kind;

    internal override bool IsAllowed(KeystoreOptions options) => Rounds >= 1 && Rounds <= options.MaxPbkdf2Rounds;

    internal override void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> key32) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, key32, Rounds, HashAlgorithmName.SHA256);

    internal override void WriteParameters(Utf8JsonWriter writer)
    {
        writer.WriteNumber("c", Rounds);
        writer.WriteString("prf", Function);
    }
}
