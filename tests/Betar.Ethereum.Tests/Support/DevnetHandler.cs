using System.Buffers;
using System.Net;
using Betar.Ethereum.Devnet;

namespace Betar.Ethereum.Tests.Support;

/// <summary>HTTP without a network: hands bodies to a devnet chain and counts them.</summary>
internal sealed class DevnetHandler(DevnetChain chain) : HttpMessageHandler
{
    internal List<string> Bodies { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        lock (Bodies)
            Bodies.Add(System.Text.Encoding.UTF8.GetString(body));
        var response = new ArrayBufferWriter<byte>();
        return await chain.ExecuteJsonRpcAsync(body, response, cancellationToken) switch
        {
            DevnetAnswer.Body => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(response.WrittenSpan.ToArray()) },
            DevnetAnswer.Empty => new HttpResponseMessage(HttpStatusCode.NoContent),
            _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
        };
    }
}
