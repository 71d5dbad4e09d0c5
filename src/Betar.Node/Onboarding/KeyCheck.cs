using System.Net;
using System.Net.Http.Headers;
using Betar.Node.Errors;

namespace Betar.Node.Onboarding;

/// <summary>Asks an endpoint for its models, which costs nothing and shows whether it takes the key.</summary>
internal static class KeyCheck
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static async Task<CliRefusal?> RunAsync(string baseUrl, string? key, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Deadline };
        using var request = new HttpRequestMessage(HttpMethod.Get, baseUrl.TrimEnd('/') + "/models");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest => ErrorCatalog.KeyRefused.Refuse($"{baseUrl} does not take the key ({(int)response.StatusCode})"),
                _ when response.IsSuccessStatusCode => null,
                _ => ErrorCatalog.KeyRefused.Refuse($"{baseUrl} answers {(int)response.StatusCode}, so the key could not be tried", "try again, or add --no-check"),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return ErrorCatalog.KeyRefused.Refuse($"{baseUrl} cannot be reached", "check the address, or add --no-check") with { Cause = exception };
        }
    }
}
