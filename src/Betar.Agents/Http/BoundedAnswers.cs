using System.Net;
using Betar.Agents.Limits;

namespace Betar.Agents.Http;

/// <summary>Lets no answer be larger than it may, however it comes and whoever reads it.</summary>
internal sealed class BoundedAnswers(HttpMessageHandler inner, int maxBytes, string code) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        HttpContent whole = response.Content;
        if (whole.Headers.ContentLength > maxBytes)
        {
            response.Dispose();
            throw TooLarge();
        }

        var bounded = new StreamContent(new BoundedStream(await whole.ReadAsStreamAsync(cancellationToken), maxBytes, TooLarge));
        foreach (KeyValuePair<string, IEnumerable<string>> header in whole.Headers)
            bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
        response.Content = bounded;
        return response;
    }

    private CallFailedException TooLarge() => new(code, $"Its answer has more than {maxBytes} bytes.", isTransient: false);
}
