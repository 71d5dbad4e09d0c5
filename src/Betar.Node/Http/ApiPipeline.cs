using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Guarding;
using Betar.Node.Http.Routing;
using Betar.X402.Facilitating;
using Betar.X402.Http.Facilitating;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>
/// Every request in order: the name it was asked by, how often its sender asks, the page it comes from, the route, the caller, the body, and then
/// the route's handler. What is refused is refused by the first that sees it, in the words of the route.
/// </summary>
internal sealed partial class ApiPipeline(
    RouteTable routes, HttpSettings settings, ApiDoor door, TimeProvider time, ILogger<ApiPipeline> log, CancellationToken stopping, ApiMiddleware? around = null)
{
    private static readonly ActivitySource s_spans = new("Betar");

    private readonly HostGuard _host = new(settings);
    private readonly OriginGuard _origin = new(settings);
    private readonly RequestLimit<UInt128> _rates = new(settings.Limits.PerMinute, settings.Limits.MaxAddresses, time);

    public async Task HandleAsync(HttpContext context)
    {
        HttpInstruments.OnBegun();
        long began = time.GetTimestamp();
        string target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        RouteMatch match = routes.Find(context.Request.Method, target);
        using Activity? span = s_spans.StartActivity("http.request", ActivityKind.Server);
        span?.SetTag("http.route", match.Route?.Pattern);
        try
        {
            await SendAsync(context, match, await AnswerAsync(context, match));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
#pragma warning disable CA1031 // One failing request must not take the node down; the failure is logged and answered.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFailed(match.Route?.Pattern ?? "", fault);
            if (!context.Response.HasStarted)
                await SendAsync(context, match, ApiAnswer.Refused(ExceptionTranslator.Translate(fault)));
            else
                context.Abort();
        }
        finally
        {
            HttpInstruments.OnEnded(context.Request.Method, match.Route?.Pattern ?? "none", context.Response.StatusCode, time.GetElapsedTime(began));
        }
    }

    private async Task<ApiAnswer> AnswerAsync(HttpContext context, RouteMatch match)
    {
        if (_host.Check(context) is { } wrongHost)
            return Turned(wrongHost, "host");
        if (_rates.Take(ClientAddress.Of(context.Connection.RemoteIpAddress)) is { } wait)
            return Turned(ErrorCatalog.TooManyRequests.Refuse("This address asks too often"), "rate") with
            {
                Headers = [new("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))],
            };
        if (_origin.Check(context) is { } wrongOrigin)
            return Turned(wrongOrigin, "origin");
        if (HttpMethods.IsOptions(context.Request.Method))
            return new ApiAnswer(StatusCodes.Status204NoContent, "", default);
        if (match.Route is not { } route)
            return Unknown(context, match);
        Checked<ApiCaller> caller = door.Admit(context, route);
        if (!caller.IsOk)
            return Turned(caller.Refusal, "door") with
            {
                Headers = caller.Refusal.Error == ErrorCatalog.TokenNeeded ? [new("WWW-Authenticate", "Bearer")] : [],
            };
        Checked<ReadOnlyMemory<byte>> body = route.IsRaw ? ReadOnlyMemory<byte>.Empty : await BodyReader.ReadAsync(context);
        if (!body.IsOk)
            return Turned(body.Refusal, "body");
        Checked<JsonDocument> parsed = BodyReader.Parse(body.Value);
        if (!parsed.IsOk)
            return ApiAnswer.Refused(parsed.Refusal);
        using JsonDocument document = parsed.Value;
        var request = new ApiRequest(context, match.Values, caller.Value, document.RootElement);
        return around is null ? await route.Handler(request) : await around(route, request, body.Value);
    }

    private static ApiAnswer Turned(CliRefusal refusal, string guard)
    {
        HttpInstruments.OnTurnedAway(guard);
        return ApiAnswer.Refused(refusal);
    }

    private static ApiAnswer Unknown(HttpContext context, RouteMatch match) => match.Methods.Count == 0
        ? ApiAnswer.Refused(ErrorCatalog.RouteUnknown.Refuse($"There is nothing at {VisibleText.Of(context.Request.Path.Value ?? "")}"))
        : ApiAnswer.Refused(ErrorCatalog.MethodRefused.Refuse($"{VisibleText.Of(context.Request.Method)} is not possible there")) with
        {
            Headers = [new("Allow", string.Join(", ", match.Methods.Append(HttpMethods.Options)))],
        };

    private async Task SendAsync(HttpContext context, RouteMatch match, ApiAnswer answer)
    {
        if (answer.Refusal is { RetryAfterSeconds: > 0 and var seconds })
            answer = answer with { Headers = [.. answer.Headers, new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))] };
        if (answer.Refusal is { } refusal)
            answer = (match.Style == ApiStyle.Legacy ? LegacyRefusals.Of(refusal, answer.Status) : Problems.Of(refusal, answer.Status)) with { Headers = answer.Headers };
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        foreach ((string name, string value) in answer.Headers)
            response.Headers[name] = value;
        if (answer.ContentType.Length > 0)
            response.ContentType = answer.ContentType;
        if (answer.Stream is { } stream)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await stream(context, ending.Token);
            return;
        }

        if (answer.Status == StatusCodes.Status204NoContent)
            return;
        response.ContentLength = answer.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
