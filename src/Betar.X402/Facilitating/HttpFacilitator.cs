using System.Net;
using System.Net.Http.Headers;
using Betar.X402.Protocol;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>
/// Somebody else's facilitator. What changes nothing is asked again; a settlement whose answer is lost is looked up on the chain, and is
/// pending where nobody can say: it is never sent twice without being asked for.
/// </summary>
public sealed class HttpFacilitator : IFacilitator
{
    private readonly HttpClient _http;
    private readonly HttpFacilitatorOptions _options;
    private readonly TimeProvider _time;
    private readonly ISettlementLookUp? _lookUp;

    /// <param name="http">Its own time-out should be longer than those of the options.</param>
    /// <param name="lookUp">Where given, claimed settlements are checked there too: a facilitator may be wrong, or lie.</param>
    public HttpFacilitator(HttpClient http, HttpFacilitatorOptions options, TimeProvider time, ISettlementLookUp? lookUp = null)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_http, _options, _time, _lookUp) = (http, options, time, lookUp);
    }

    public async Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken)
    {
        var body = WireCodec.Write(call);
        var answer = await AskAsync(
            () => New(HttpMethod.Post, FacilitatorPaths.Verify, body), FacilitatorPaths.Verify, json => WireCodec.ParseVerified(json, _options.Limits), cancellationToken);
        return answer ?? VerifyResponse.Invalid(WireReasons.UnexpectedVerifyError, message: "the facilitator did not answer");
    }

    public async Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) =>
        await AskAsync(
            () => New(HttpMethod.Get, FacilitatorPaths.Supported, null), FacilitatorPaths.Supported, json => WireCodec.ParseSupported(json, _options.Limits), cancellationToken)
        ?? throw new FacilitatorUnavailableException("The facilitator does not say what it supports.");

    public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        var body = WireCodec.Write(call);
        for (var left = _options.MaxAttempts; ; left--)
        {
            var exchange = await ExchangeAsync(Settlement(body, attempt), FacilitatorPaths.Settle, _options.SettleTimeout, cancellationToken);
            if (left > 1 && await WaitedAsync(exchange, cancellationToken))
            {
                continue;
            }

            if (exchange.Body is { } json && WireCodec.ParseSettled(json, _options.Limits) is { IsOk: true } parsed)
            {
                return await CheckAsync(call, parsed.Value, cancellationToken);
            }

            if (exchange.MayHaveArrived)
            {
                return await AfterLossAsync(call, cancellationToken);
            }

            if (left <= 1)
            {
                return SettleResponse.Failed(WireReasons.UnexpectedSettleError, call.Requirement.Network, message: "the facilitator cannot be reached");
            }

            await Task.Delay(_options.RetryDelay, _time, cancellationToken);
        }
    }

    // Success is a claim until the chain says so.
    private async Task<SettleResponse> CheckAsync(FacilitatorCall call, SettleResponse response, CancellationToken cancellationToken)
    {
        if (!response.Success || _lookUp is null || response.Transaction.Length == 0)
        {
            return response;
        }

        var outcome = await _lookUp.LookUpAsync(call, response.Transaction, cancellationToken);
        return outcome.Status == SettlementStatus.Settled ? response : response with
        {
            Success = false,
            ErrorReason = outcome.Status == SettlementStatus.Pending ? WireReasons.SettlementPending : WireReasons.UnexpectedSettleError,
            ErrorMessage = outcome.Status == SettlementStatus.Pending ? outcome.Detail : "the chain does not hold what the facilitator claims",
        };
    }

    private async Task<SettleResponse> AfterLossAsync(FacilitatorCall call, CancellationToken cancellationToken)
    {
        var outcome = _lookUp is null ? SettlementOutcome.Pending() : await _lookUp.LookUpAsync(call, "", cancellationToken);
        var response = SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network, message: "the facilitator's answer was lost") with
        {
            Transaction = outcome.Transaction?.ToString() ?? "",
        };
        return outcome.Status == SettlementStatus.Settled ? response with { Success = true, ErrorReason = null, ErrorMessage = null } : response;
    }

    private async Task<T?> AskAsync<T>(Func<HttpRequestMessage> request, string name, Func<byte[], Parsed<T>> parse, CancellationToken cancellationToken)
        where T : class
    {
        for (var left = _options.MaxAttempts; ; left--)
        {
            var exchange = await ExchangeAsync(request(), name, _options.VerifyTimeout, cancellationToken);
            if (left > 1 && await WaitedAsync(exchange, cancellationToken))
            {
                continue;
            }

            if (exchange.Body is { } json && parse(json) is { IsOk: true } parsed)
            {
                return parsed.Value;
            }

            if (left <= 1 || exchange.Body is not null)
            {
                return null;
            }

            await Task.Delay(_options.RetryDelay, _time, cancellationToken);
        }
    }

    /// <summary>Whether the facilitator was too busy, said for how long, and that was worth waiting for.</summary>
    private async Task<bool> WaitedAsync(FacilitatorExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Wait is not { } wait || wait > _options.MaxRetryAfter)
        {
            return false;
        }

        await Task.Delay(wait > _options.RetryDelay ? wait : _options.RetryDelay, _time, cancellationToken);
        return true;
    }

    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.TooManyRequests || response.Headers.RetryAfter is not { } after)
        {
            return null;
        }

        var wait = after.Delta ?? after.Date - _time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    // Answers of 4xx carry the same shape as those of 200; what a 5xx says is not believed.
    private async Task<FacilitatorExchange> ExchangeAsync(HttpRequestMessage request, string name, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var message = request;
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            foreach (var (header, value) in _options.Headers is null ? [] : await _options.Headers(name, either.Token))
            {
                message.Headers.TryAddWithoutValidation(header, value);
            }

            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
            {
                return FacilitatorExchange.Lost;
            }

            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return new FacilitatorExchange(await BoundedContent.ReadAsync(stream, _options.Limits.MaxBodyLength, either.Token), true, WaitOf(response));
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return FacilitatorExchange.NeverSent;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return FacilitatorExchange.Lost;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FacilitatorExchange.Lost;
        }
    }

    private HttpRequestMessage Settlement(byte[] body, string? attempt)
    {
        var request = New(HttpMethod.Post, FacilitatorPaths.Settle, body);
        if (attempt is not null)
        {
            request.Headers.Add(FacilitatorPaths.AttemptHeader, attempt);
        }

        return request;
    }

    private HttpRequestMessage New(HttpMethod method, string path, byte[]? body)
    {
        var address = new Uri(_options.Address.AbsoluteUri.TrimEnd('/') + "/" + path);
        var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return request;
    }
}
