using System.Net;
using Betar.X402.Schemes;
using Betar.X402.Wire;

namespace Betar.X402.Http.Buying;

/// <summary>
/// Pays for what a server asks, within its policy, and sends the request once more. For one intent there is one payment: a time-out, a
/// second 402 or a repeated call send the same one again, or none.
/// </summary>
public sealed class PayingHandler : DelegatingHandler
{
    private readonly BuyerOptions _options;
    private readonly IIntentStore _intents;
    private readonly ISpendGuard _guard;
    private readonly DemandSigner _signer;
    private readonly IAnsweredClient[] _answered;
    private bool _isChecked;

    public PayingHandler(
        BuyerOptions options, IReadOnlyList<ISchemeClient> clients, IIntentStore intents, ISpendGuard? guard = null, IPayeePins? pins = null)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_options, _intents, _guard) = (options, intents, guard ?? NoSpendGuard.Instance);
        _answered = [.. clients.OfType<IAnsweredClient>()];
        _signer = new DemandSigner(options, clients, pins ?? new PayeePins(options), _guard);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CheckInnerHandlers();
        var address = request.RequestUri ?? throw new InvalidOperationException("A request without an address cannot be sent.");
        if (!MayCarryMoney(address) || HasPayment(request) || await RepeatableRequest.TakeAsync(request, _options.MaxRequestLength, cancellationToken) is not { } repeatable)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var origin = address.GetLeftPart(UriPartial.Authority);
        var isNamed = request.Options.TryGetValue(PaymentIntent.Key, out var named);
        var intent = isNamed ? named! : Guid.NewGuid().ToString("N");
        if (await _intents.BeginAsync(intent, cancellationToken) is { } known)
        {
            return await SendPaidAsync(request, intent, origin, known, cancellationToken);
        }

        var saved = false;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.PaymentRequired
                || await DemandReader.ReadAsync(response, _options.Limits, cancellationToken) is not { } demand
                || await _signer.SignAsync(intent, origin, demand, cancellationToken) is not { } record)
            {
                return response;
            }

            // Kept before it is sent: from here on there is no way to another payment for this intent.
            await _intents.SaveAsync(intent, record, CancellationToken.None);
            saved = true;
            response.Dispose();
            return await SendPaidAsync(repeatable.Again(), intent, origin, record, cancellationToken);
        }
        finally
        {
            if (!saved)
            {
                await _intents.AbandonAsync(intent, CancellationToken.None);
            }
        }
    }

    private async Task<HttpResponseMessage> SendPaidAsync(
        HttpRequestMessage request, string intent, string origin, IntentRecord record, CancellationToken cancellationToken)
    {
        if (record.Origin != origin)
        {
            throw new InvalidOperationException("The payment of this intent was signed for another server.");
        }

        request.Headers.Add(record.Header, record.Value);
        var response = await base.SendAsync(request, cancellationToken);
        if (Settlement(response) is { Success: true } settled)
        {
            foreach (var client in _answered)
            {
                await client.AnsweredAsync(record.Key, settled, CancellationToken.None);
            }

            await _guard.SpentAsync(new SpendRequest(intent, origin, record.Amount, record.Key.Network), CancellationToken.None);
        }

        return response;
    }

    private SettleResponse? Settlement(HttpResponseMessage response) =>
        (response.Headers.TryGetValues(PaymentHeaders.Response, out var values) || response.Headers.TryGetValues(PaymentHeaders.V1Response, out values))
        && values.ToArray() is [var header]
            ? WireCodec.ParseSettledHeader(header, _options.Limits).Value
            : null;

    private bool MayCarryMoney(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (_options.AllowPlainHttp || address.IsLoopback));

    private static bool HasPayment(HttpRequestMessage request) =>
        request.Headers.Contains(PaymentHeaders.Signature) || request.Headers.Contains(PaymentHeaders.V1Payment);

    // A handler below that follows redirects would carry the payment to whatever server the first one names.
    private void CheckInnerHandlers()
    {
        if (_isChecked)
        {
            return;
        }

        var inner = InnerHandler;
        while (inner is DelegatingHandler delegating)
        {
            inner = delegating.InnerHandler;
        }

        if (inner is HttpClientHandler { AllowAutoRedirect: true } or SocketsHttpHandler { AllowAutoRedirect: true })
        {
            throw new InvalidOperationException("Set AllowAutoRedirect to false below a PayingHandler: a redirect would carry the payment elsewhere.");
        }

        _isChecked = true;
    }
}
