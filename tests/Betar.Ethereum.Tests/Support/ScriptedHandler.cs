using System.Net;
using System.Text;

namespace Betar.Ethereum.Tests.Support;

/// <summary>A node that answers whatever the test wants.</summary>
internal sealed class ScriptedHandler(Func<string, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    internal ScriptedHandler(Func<string, string> answer) : this((body, _) => Task.FromResult(Text(answer(body)))) { }

    internal static HttpResponseMessage Text(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await answer(await request.Content!.ReadAsStringAsync(cancellationToken), cancellationToken);
}
