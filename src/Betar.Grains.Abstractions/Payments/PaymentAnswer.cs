namespace Betar.Grains.Abstractions.Payments;

/// <summary>What a payment session answers, first time and every later time.</summary>
[GenerateSerializer, Immutable, Alias("betar.payment-answer")]
public sealed record PaymentAnswer
{
    [Id(0)] public required PaymentEnd End { get; init; }
    [Id(1)] public string Output { get; init; } = "";
    [Id(2)] public string TransactionHash { get; init; } = "";
    [Id(3)] public string RefundHash { get; init; } = "";

    /// <summary>Code of docs/errors.md when the end is not "delivered".</summary>
    [Id(4)] public string Code { get; init; } = "";

    /// <summary>The x402 reason, or one sentence.</summary>
    [Id(5)] public string Reason { get; init; } = "";
    [Id(6)] public bool Retryable { get; init; }
    [Id(7)] public string PaymentId { get; init; } = "";
}
