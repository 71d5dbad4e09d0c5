using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.X402.Http.Selling;

/// <summary>Puts a price on endpoints.</summary>
public static class PaidEndpointExtensions
{
    /// <summary>An endpoint for any method that answers whoever pays the price.</summary>
    public static IEndpointConventionBuilder MapPaid(this IEndpointRouteBuilder endpoints, string pattern, AtomicAmount price, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.Map(pattern, handler).RequirePayment(new PaidResource { Price = price });
    }

    public static IEndpointConventionBuilder MapPaid(this IEndpointRouteBuilder endpoints, string pattern, PaidResource resource, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.Map(pattern, handler).RequirePayment(resource);
    }

    /// <summary>Any endpoint, however it was mapped. What comes before it in the pipeline (authentication, say) is not paid for.</summary>
    public static TBuilder RequirePayment<TBuilder>(this TBuilder builder, PaidResource resource)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(resource);

        // Finally: whatever else wraps the handler (filters, other conventions) is part of what is paid for.
        builder.Finally(endpoint =>
        {
            var handler = endpoint.RequestDelegate
                ?? throw new InvalidOperationException("An endpoint without a handler cannot be sold.");
            endpoint.RequestDelegate = context => PaymentMiddleware.HandleAsync(context, resource, handler);
            endpoint.Metadata.Add(resource);
        });
        return builder;
    }

    /// <summary>Everything below a path has one price.</summary>
    public static IApplicationBuilder UsePaid(this IApplicationBuilder app, PathString below, PaidResource resource)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(resource);
        return app.Use(next => context => context.Request.Path.StartsWithSegments(below, StringComparison.OrdinalIgnoreCase)
            ? PaymentMiddleware.HandleAsync(context, resource, next)
            : next(context));
    }

    /// <summary>The gate and what it needs; schemes and facilitator are the application's to register.</summary>
    public static IServiceCollection AddPaidEndpoints(this IServiceCollection services, SellerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(options);
        services.AddSingleton<PaymentGate>();
        return services;
    }
}
