namespace Betar.X402.Protocol;

/// <summary>What a seller may answer: <see cref="PaymentRequired"/>, <see cref="X402Response"/> or <see cref="X402Error"/>.</summary>
public abstract record X402Reply
{
    private protected X402Reply()
    {
    }

    public string CorrelationId { get; init; } = "";
}
