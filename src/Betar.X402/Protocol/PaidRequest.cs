namespace Betar.X402.Protocol;

/// <summary>The buyer's second message: the same body as before, and the signed payment. The agent is named in the body.</summary>
public sealed record PaidRequest
{
    public string CorrelationId { get; init; } = "";

    public PaymentEnvelope? Payment { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string CallerDid { get; init; } = "";
}
