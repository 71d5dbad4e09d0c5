using System.Text.Json;

namespace Betar.Ethereum.Keys;

/// <summary>How a key file's password becomes its key.</summary>
public abstract record KeyDerivation
{
    internal const int KeySize = 32;

    /// <summary>For passwords that people choose: a quarter of a gigabyte and about a second.</summary>
    public static KeyDerivation Standard { get; } = new ScryptDerivation(1 << 18, 8, 1);

    /// <summary>For generated passwords, which nobody can guess whatever a guess costs.</summary>
    public static KeyDerivation Light { get; } = new ScryptDerivation(1 << 12, 8, 1);

    /// <summary>The value of <c>kdf</c>.</summary>
    internal abstract string Name { get; }

    internal abstract bool IsAllowed(KeystoreOptions options);

    internal abstract void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> key32);

    /// <summary>Writes its own members of <c>kdfparams</c>.</summary>
    internal abstract void WriteParameters(Utf8JsonWriter writer);
}
