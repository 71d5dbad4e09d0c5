namespace Betar.X402.Http.Buying;

/// <summary>The payment of an intent: the header that is sent again, never another. It is as good as money: it is never printed.</summary>
/// <param name="Origin">The server that it was signed for; it goes nowhere else.</param>
public sealed record IntentRecord(string Origin, string Header, string Value, PaymentKey Key, AtomicAmount Amount, DateTimeOffset ValidBefore)
{
    public override string ToString() => $"payment of {Amount} to {Origin}";
}
