using Betar.X402.Facilitating;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Betar.X402.Http.Facilitating;

/// <summary>A facilitator for others.</summary>
public static class FacilitatorEndpointExtensions
{
    /// <summary>
    /// <c>/verify</c>, <c>/settle</c>, <c>/supported</c>, <c>/discovery/resources</c>, <c>/health</c> and <c>/ready</c>, of both versions.
    /// </summary>
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

        var served = new FacilitatorEndpoints(facilitator, options);
        var group = endpoints.MapGroup("");
        group.MapPost("/" + FacilitatorPaths.Verify, served.VerifyAsync);
        group.MapPost("/" + FacilitatorPaths.Settle, served.SettleAsync);
        group.MapGet("/" + FacilitatorPaths.Supported, served.SupportedAsync);
        group.MapGet("/" + FacilitatorPaths.Discovery, served.DiscoverAsync);
        group.MapGet("/" + FacilitatorPaths.Health, FacilitatorEndpoints.HealthAsync);
        group.MapGet("/" + FacilitatorPaths.Ready, served.ReadyAsync);
        return group;
    }
}
