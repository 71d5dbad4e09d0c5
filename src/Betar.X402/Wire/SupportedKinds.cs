namespace Betar.X402.Wire;

/// <summary>The answer to <c>/supported</c>.</summary>
public sealed record SupportedKinds
{
    public required IReadOnlyList<SupportedKind> Kinds { get; init; }

    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Family of networks (<c>eip155:*</c>) → the accounts that settle there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Signers { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public bool Has(int version, string scheme, string network) =>
        Kinds.Any(kind => kind.Version == version && kind.Scheme == scheme && kind.Network == network);
}
