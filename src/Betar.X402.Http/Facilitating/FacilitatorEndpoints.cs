using System.Globalization;
using System.Text.Json;
using Betar.X402.Facilitating;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Facilitating;

/// <summary>The endpoints of one facilitator and what they have counted.</summary>
internal sealed class FacilitatorEndpoints(IFacilitator facilitator, FacilitatorEndpointOptions options)
{
    private const string TooMany = "betar_too_many_requests";

    private readonly RequestLimit<UInt128>? _addresses =
        options.RequestsPerAddress is { } most ? new RequestLimit<UInt128>(most, options.MaxAddresses, options.Time) : null;

    private int _settles;

    internal async Task VerifyAsync(HttpContext context)
    {
        if (TurnAway(context))
        {
            await WriteAsync(context, StatusCodes.Status429TooManyRequests, VerifyResponse.Invalid(WireReasons.UnexpectedVerifyError, message: TooMany));
            return;
        }

        var asked = await FacilitatorAnswers.ReadCallAsync(context, options.Limits);
        var response = asked.Call is null
            ? VerifyResponse.Invalid(asked.Reason, message: asked.Fault)
            : await facilitator.VerifyAsync(asked.Call, context.RequestAborted);
        if (response.RetryAfter is not null)
        {
            FacilitatorInstruments.OnLimitHit(FacilitatorInstruments.Payer);
        }

        await WriteAsync(context, StatusOf(context, asked, response.RetryAfter), response);
    }

    internal async Task SettleAsync(HttpContext context)
    {
        if (TurnAway(context))
        {
            await WriteAsync(context, StatusCodes.Status429TooManyRequests, SettleResponse.Failed(WireReasons.UnexpectedSettleError, "", message: TooMany));
            return;
        }

        var asked = await FacilitatorAnswers.ReadCallAsync(context, options.Limits);
        string? attempt = context.Request.Headers[FacilitatorPaths.AttemptHeader];
        if (attempt is { Length: > FacilitatorPaths.MaxAttemptLength or 0 })
        {
            asked = new FacilitatorAsked(null, WireReasons.InvalidPayload, $"{FacilitatorPaths.AttemptHeader} is empty or too long.");
        }

        var response = asked.Call is null ? SettleResponse.Failed(asked.Reason, "", message: asked.Fault) : await SettleAsync(asked.Call, attempt);
        await WriteAsync(context, StatusOf(context, asked, response.RetryAfter), response, asked.Call?.Payment.Version ?? WireVersions.Current);
    }

    internal async Task SupportedAsync(HttpContext context)
    {
        if (!await RefuseAsync(context))
        {
            await FacilitatorAnswers.WriteAsync(context, StatusCodes.Status200OK, WireCodec.Write(await facilitator.SupportedAsync(context.RequestAborted)));
        }
    }

    internal async Task DiscoverAsync(HttpContext context)
    {
        if (await RefuseAsync(context))
        {
            return;
        }

        var query = context.Request.Query;
        if (!TryNumber(query["limit"], options.PageSize, 1, options.MaxPageSize, out var limit) || !TryNumber(query["offset"], 0, 0, int.MaxValue, out var offset))
        {
            await FacilitatorAnswers.WriteAsync(context, StatusCodes.Status400BadRequest, "{\"error\":\"invalid_query\"}"u8.ToArray());
            return;
        }

        var page = await options.Catalog.FindAsync(
            new CatalogQuery(query["type"], query["payTo"], query["scheme"], query["network"], limit, offset), context.RequestAborted);
        await FacilitatorAnswers.WriteAsync(context, StatusCodes.Status200OK, WireCodec.Write(page));
    }

    /// <summary>The process is there.</summary>
    internal static Task HealthAsync(HttpContext context) =>
        FacilitatorAnswers.WriteAsync(context, StatusCodes.Status200OK, "{\"status\":\"ok\"}"u8.ToArray());

    /// <summary>And it can serve.</summary>
    internal async Task ReadyAsync(HttpContext context)
    {
        if (await options.Missing(context.RequestAborted) is not { } missing)
        {
            await FacilitatorAnswers.WriteAsync(context, StatusCodes.Status200OK, "{\"status\":\"ready\"}"u8.ToArray());
            return;
        }

        FacilitatorAnswers.SetRetryAfter(context, options.RetryAfter);
        await FacilitatorAnswers.WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable,
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["status"] = "not ready", ["missing"] = missing }));
    }

    // Once begun it goes on without its caller: the outcome is kept for whoever asks again.
    private async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt)
    {
        try
        {
            if (Interlocked.Increment(ref _settles) > options.MaxSettles)
            {
                FacilitatorInstruments.OnLimitHit(FacilitatorInstruments.Settles);
                return SettleResponse.Failed(WireReasons.UnexpectedSettleError, call.Requirement.Network, message: TooMany) with { RetryAfter = options.RetryAfter };
            }

            var response = await facilitator.SettleAsync(call, attempt, CancellationToken.None);
            if (response.RetryAfter is not null)
            {
                FacilitatorInstruments.OnLimitHit(FacilitatorInstruments.Payer);
            }

            FacilitatorInstruments.OnSettled(response.Success ? "settled" : response.IsPending ? "pending" : "refused");
            return response;
        }
        finally
        {
            Interlocked.Decrement(ref _settles);
        }
    }

    private async Task<bool> RefuseAsync(HttpContext context)
    {
        var away = TurnAway(context);
        if (away)
        {
            await FacilitatorAnswers.WriteAsync(context, StatusCodes.Status429TooManyRequests, "{\"error\":\"betar_too_many_requests\"}"u8.ToArray());
        }

        return away;
    }

    private bool TurnAway(HttpContext context)
    {
        if (_addresses?.Take(ClientAddress.Of(context.Connection.RemoteIpAddress)) is not { } wait)
        {
            return false;
        }

        FacilitatorInstruments.OnLimitHit(FacilitatorInstruments.Address);
        FacilitatorAnswers.SetRetryAfter(context, wait);
        return true;
    }

    private static int StatusOf(HttpContext context, FacilitatorAsked asked, TimeSpan? wait)
    {
        if (wait is { } time)
        {
            FacilitatorAnswers.SetRetryAfter(context, time);
            return StatusCodes.Status429TooManyRequests;
        }

        return asked.Call is not null ? StatusCodes.Status200OK : asked.IsTooLong ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
    }

    private static Task WriteAsync(HttpContext context, int status, VerifyResponse response) => FacilitatorAnswers.WriteAsync(context, status, WireCodec.Write(response));

    private static Task WriteAsync(HttpContext context, int status, SettleResponse response, int version = WireVersions.Current) =>
        FacilitatorAnswers.WriteAsync(context, status, WireCodec.Write(response, version));

    private static bool TryNumber(string? text, int usual, int least, int most, out int number)
    {
        number = usual;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
