using System.Globalization;
using Betar.X402.Facilitating;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Betar.X402.Http.Facilitating;

/// <summary>A facilitator for others.</summary>
public static class FacilitatorEndpointExtensions
{
    /// <summary><c>/verify</c>, <c>/settle</c>, <c>/supported</c>, <c>/discovery/resources</c> and <c>/health</c>, of both versions.</summary>
    public static IEndpointConventionBuilder MapFacilitator(
        this IEndpointRouteBuilder endpoints, IFacilitator facilitator, FacilitatorEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(facilitator);
        options ??= new FacilitatorEndpointOptions();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var group = endpoints.MapGroup("");
        group.MapPost("/" + FacilitatorPaths.Verify, context => VerifyAsync(context, facilitator, options));
        group.MapPost("/" + FacilitatorPaths.Settle, context => SettleAsync(context, facilitator, options));
        group.MapGet("/" + FacilitatorPaths.Supported, async context =>
            await FacilitatorAnswers.WriteAsync(context, StatusCodes.Status200OK, WireCodec.Write(await facilitator.SupportedAsync(context.RequestAborted))));
        group.MapGet("/" + FacilitatorPaths.Discovery, context => DiscoverAsync(context, options));
        group.MapGet("/" + FacilitatorPaths.Health, context => FacilitatorAnswers.WriteAsync(context, StatusCodes.Status200OK, "{\"status\":\"ok\"}"u8.ToArray()));
        return group;
    }

    private static async Task VerifyAsync(HttpContext context, IFacilitator facilitator, FacilitatorEndpointOptions options)
    {
        var (call, reason, fault) = await FacilitatorAnswers.ReadCallAsync(context, options.Limits);
        var response = call is null ? VerifyResponse.Invalid(reason, message: fault) : await facilitator.VerifyAsync(call, context.RequestAborted);
        await FacilitatorAnswers.WriteAsync(context, StatusOf(call), WireCodec.Write(response));
    }

    private static async Task SettleAsync(HttpContext context, IFacilitator facilitator, FacilitatorEndpointOptions options)
    {
        var (call, reason, fault) = await FacilitatorAnswers.ReadCallAsync(context, options.Limits);
        string? attempt = context.Request.Headers[FacilitatorPaths.AttemptHeader];
        if (attempt is { Length: > FacilitatorPaths.MaxAttemptLength or 0 })
        {
            (call, reason, fault) = (null, WireReasons.InvalidPayload, $"{FacilitatorPaths.AttemptHeader} is empty or too long.");
        }

        // Once begun it goes on without its caller: the outcome is kept for whoever asks again.
        var response = call is null
            ? SettleResponse.Failed(reason, "", message: fault)
            : await facilitator.SettleAsync(call, attempt, CancellationToken.None);
        await FacilitatorAnswers.WriteAsync(context, StatusOf(call), WireCodec.Write(response, call?.Payment.Version ?? WireVersions.Current));
    }

    private static async Task DiscoverAsync(HttpContext context, FacilitatorEndpointOptions options)
    {
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

    private static int StatusOf(FacilitatorCall? call) => call is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;

    private static bool TryNumber(string? text, int usual, int least, int most, out int number)
    {
        number = usual;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
