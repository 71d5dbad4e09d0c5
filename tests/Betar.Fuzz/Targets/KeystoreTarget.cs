using Betar.Ethereum;
using Betar.Ethereum.Keys;

namespace Betar.Fuzz.Targets;

/// <summary>Key files, with a bound of their cost that every input stays below; only the corpus' own keys open.</summary>
internal sealed class KeystoreTarget : IFuzzTarget
{
    private static readonly KeystoreOptions Options = new() { MaxMemoryBytes = 1024 * 1024, MaxScryptWork = 1 << 10, MaxPbkdf2Rounds = 1000 };

    /// <summary>The addresses whose keys the corpus holds.</summary>
    private readonly HashSet<string> _known = [.. Corpus.Of("keystore").Select(Open).OfType<string>()];

    public string Name => "keystore";

    public long MemoryBound(int length) => (2 * 1024 * 1024) + (64L * length);

    public bool Take(byte[] input)
    {
        var named = KeystoreFile.AddressIn(input);
        if (Open(input) is not { } address)
            return false;
        // The format's own proof does not cover the counter of the cipher: only the address does, and a file need not name one.
        FuzzException.Unless(named is null || _known.Contains(address), $"a key of {address} comes out of nowhere");
        return true;
    }

    private static string? Open(byte[] input)
    {
        var result = KeystoreFile.Open(input, "password"u8, Options);
        FuzzException.Unless((result.Key is null) == (result.Fault != KeystoreFault.None), "both opened and refused, or neither");
        using (result.Key)
            return result.Key is null ? null : Address.FromKey(result.Key).ToString();
    }
}
