namespace Betar.X402.Protocol;

/// <summary>The buyer's first message. Without <see cref="Payment"/> it asks for the price, or for a free agent's answer.</summary>
public sealed record X402Request
{
    public const string ExecuteMethod = "execute";

    public string CorrelationId { get; init; } = "";

    /// <summary>The agent's id as the seller knows it.</summary>
    public string Resource { get; init; } = "";

    public string Method { get; init; } = ExecuteMethod;

    /// <summary>A payment whose nonce the buyer chose (first-use mode); null on a normal first message.</summary>
    public PaymentEnvelope? Payment { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A claim, never proof of who is calling.</summary>
    public string CallerDid { get; init; } = "";
}
