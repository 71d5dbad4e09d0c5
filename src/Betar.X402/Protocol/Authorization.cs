namespace Betar.X402.Protocol;

/// <summary>The members of EIP-3009's TransferWithAuthorization as text of the wire.</summary>
public sealed record Authorization
{
    public string From { get; init; } = "";

    public string To { get; init; } = "";

    public string Value { get; init; } = "";

    public string ValidAfter { get; init; } = "";

    public string ValidBefore { get; init; } = "";

    public string Nonce { get; init; } = "";
}
