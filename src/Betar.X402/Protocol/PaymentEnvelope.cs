namespace Betar.X402.Protocol;

/// <summary>A payment as it travels.</summary>
public sealed record PaymentEnvelope
{
    public const int CurrentVersion = 2;

    /// <summary>In place of the challenge: the payer chose the nonce.</summary>
    public const string Preemptive = "preemptive";

    public long X402Version { get; init; } = CurrentVersion;

    public string Scheme { get; init; } = PaymentRequirements.ExactScheme;

    public string Network { get; init; } = "";

    public string ServerNonce { get; init; } = "";

    public string Payer { get; init; } = "";

    public ExactPayload? Payload { get; init; }
}
