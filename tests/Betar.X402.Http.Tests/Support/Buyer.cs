using Betar.Crypto;
using Betar.X402.Buying;
using Betar.X402.Http.Buying;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Http.Tests.Support;

/// <summary>A client that pays, with everything that it sends on record.</summary>
internal sealed class Buyer : IDisposable
{
    private readonly PrivateKey _key = Vectors.PayerKey();
    private readonly Recorder _recorder;

    internal Buyer(TimeProvider time, BuyerOptions? options, IIntentStore? intents, ISpendGuard? guard, IPayeePins? pins, HttpMessageHandler? below = null, ISchemeClient? preferred = null)
    {
        _recorder = new Recorder(below ?? new SocketsHttpHandler { AllowAutoRedirect = false });
        Http = new HttpClient(new PayingHandler(
            options ?? new BuyerOptions { MaxPerRequest = 50_000 }, [.. preferred is null ? Array.Empty<ISchemeClient>() : [preferred], new Eip3009Client(new AuthorizationSigner(_key, time))], intents ?? new MemoryIntentStore(time), guard, pins)
        {
            InnerHandler = _recorder,
        });
    }

    internal HttpClient Http { get; }

    /// <summary>The payment of each request; null where there was none.</summary>
    internal List<string?> Payments => _recorder.Payments;

    internal Func<HttpRequestMessage, Task>? Before { set => _recorder.Before = value; }

    internal async Task<HttpResponseMessage> GetAsync(Uri address, string? intent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (intent is not null)
            request.SetPaymentIntent(intent);
        return await Http.SendAsync(request);
    }

    public void Dispose()
    {
        Http.Dispose();
        _key.Dispose();
    }

    private sealed class Recorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        internal List<string?> Payments { get; } = [];

        internal Func<HttpRequestMessage, Task>? Before { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (Payments)
            {
                Payments.Add(request.Headers.TryGetValues(PaymentHeaders.Signature, out var values)
                    || request.Headers.TryGetValues(PaymentHeaders.V1Payment, out values) ? values.Single() : null);
            }

            if (Before is { } before)
                await before(request);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
