namespace Betar.X402.Http.Buying;

/// <summary>
/// One thing that somebody wants to buy. Whatever happens, it is paid for at most once: who repeats a request after a time-out gives
/// it the intent of the first.
/// </summary>
public static class PaymentIntent
{
    internal static readonly HttpRequestOptionsKey<string> Key = new("betar.x402.intent");

    public static void SetPaymentIntent(this HttpRequestMessage request, string intent)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(intent);
        request.Options.Set(Key, intent);
    }
}
