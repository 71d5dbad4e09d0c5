using System.Buffers;
using System.Net;
using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Keys;
using Betar.X402.Settling;

namespace Betar.X402.Tests.Support;

/// <summary>A whole chain in this process, with the token, money for the payer and an account that settles.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PrivateKey _settler = Vectors.Key("marketplace other seller");
    private readonly DevnetChain _chain;

    private TestNetwork(DevnetChain chain, string folder, TimeProvider time)
    {
        (_chain, _folder) = (chain, folder);
        Client = new JsonRpcChainClient(new HttpClient(new Handler(chain)), new Uri("http://devnet/"), null, TimeProvider.System);
        Channel = new DirectSettlementChannel(
            Client, new LocalSigner(_settler), new DirectSettlementOptions { PollInterval = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);
        Time = time;
    }

    internal TimeProvider Time { get; }

    internal JsonRpcChainClient Client { get; }

    internal DirectSettlementChannel Channel { get; }

    internal Eip3009Token Token => new(Client, _chain.Token);

    internal static async Task<TestNetwork> StartAsync(TimeProvider time, ulong funds = 1_000_000)
    {
        var folder = Directory.CreateTempSubdirectory("betar-x402-").FullName;
        var chain = await DevnetChain.OpenAsync(Path.Combine(folder, "devnet.db"), new DevnetOptions(), time);
        var network = new TestNetwork(chain, folder, time);
        await network.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"devnet_fund","params":["{{Vectors.Payer}}","{{funds}}"]}""");
        return network;
    }

    internal async Task AskAsync(string request) =>
        await _chain.ExecuteJsonRpcAsync(Encoding.UTF8.GetBytes(request), new ArrayBufferWriter<byte>(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _chain.DisposeAsync();
        _settler.Dispose();
        Directory.Delete(_folder, true);
    }

    private sealed class Handler(DevnetChain chain) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new ArrayBufferWriter<byte>();
            await chain.ExecuteJsonRpcAsync(await request.Content!.ReadAsByteArrayAsync(cancellationToken), response, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(response.WrittenSpan.ToArray()) };
        }
    }
}
