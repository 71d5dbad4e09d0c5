using System.Security.Cryptography;
using System.Text;
using Betar.Marketplace.Trust;
using Betar.X402;

namespace Betar.Marketplace.Search;

/// <summary>What is looked for. All conditions hold together; what is not said does not matter.</summary>
public sealed record SearchQuery
{
    public const int MaxLimit = 500;

    /// <summary>Words that all occur in name, description or skills, in any letter case.</summary>
    public string Text { get; init; } = "";

    /// <summary>Exactly this name, to the letter; null: any.</summary>
    public string? Name { get; init; }

    /// <summary>Tags or ids of skills that are all there.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public AtomicAmount? MinPrice { get; init; }

    public AtomicAmount? MaxPrice { get; init; }

    /// <summary>CAIP-2.</summary>
    public string? Network { get; init; }

    /// <summary>Empty: any.</summary>
    public IReadOnlyList<TrustLevel> Trust { get; init; } = [];

    /// <summary>Only sellers that were heard lately and have not failed.</summary>
    public bool AliveOnly { get; init; }

    public SearchSort Sort { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>; what is outside is brought inside.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Of everything that decides which listings are found, and in which order.</summary>
    internal byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\0', Text, Name is null ? "" : "=" + Name, string.Join('\u0001', Tags), MinPrice, MaxPrice, Network, string.Join(',', Trust), AliveOnly, Sort))).AsSpan(0, SearchCursor.FingerprintLength).ToArray();
}
