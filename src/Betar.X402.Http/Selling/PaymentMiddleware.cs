using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.X402.Http.Selling;

/// <summary>Takes a request to the gate.</summary>
internal static class PaymentMiddleware
{
    internal static Task HandleAsync(HttpContext context, PaidResource resource, RequestDelegate handler)
    {
        // A browser's question about other origins carries no payment and gets no work.
        if (HttpMethods.IsOptions(context.Request.Method) && context.Request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return context.RequestServices.GetRequiredService<PaymentGate>().HandleAsync(context, resource, handler);
    }
}
