namespace Betar.X402.Protocol;

/// <summary>The payload of the scheme "exact": an authorisation and its signature (0x, r‖s‖v).</summary>
public sealed record ExactPayload
{
    public string Signature { get; init; } = "";

    public Authorization? Authorization { get; init; }
}
