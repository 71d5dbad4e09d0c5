using System.Buffers;
using System.Net;
using System.Text;
using Betar.Ethereum.Devnet;
using Betar.Node.Devnet;

namespace Betar.Node.Tests.Devnet;

public sealed class DevnetHostTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private DevnetAnswer answer = DevnetAnswer.Body;
    private string seen = "";
    private DevnetHost host = null!;

    public async Task InitializeAsync() => host = await DevnetHost.StartAsync(AnswerAsync, new IPEndPoint(IPAddress.Loopback, 0), "key", CancellationToken.None);

    public async Task DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_body_reaches_the_chain_and_its_answer_the_caller()
    {
        using var response = await PostAsync("/", "{\"id\":1}");

        Assert.Equal("{\"id\":1}", seen);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal("answer", await response.Content.ReadAsStringAsync());
        Assert.Equal(6, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_large_body_arrives_whole()
    {
        var body = new string('x', 1_000_000);

        using var response = await PostAsync("/", body);

        Assert.Equal(body, seen);
    }

    [Theory]
    [InlineData(DevnetAnswer.Empty, HttpStatusCode.NoContent)]
    [InlineData(DevnetAnswer.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task Silence_and_outage_have_their_status(DevnetAnswer said, HttpStatusCode status)
    {
        answer = said;

        using var response = await PostAsync("/", "{}");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Only_post_is_answered()
    {
        using var get = await http.GetAsync(host.Url);
        using var elsewhere = await PostAsync("/other", "{}");

        Assert.Equal((HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound), (get.StatusCode, elsewhere.StatusCode));
        Assert.Equal("", seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kex")]
    [InlineData("key1")]
    public async Task A_wrong_key_does_not_stop_it(string key)
    {
        using var response = await StopAsync(key);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(host.StopAsked.IsCompleted);
    }

    [Fact]
    public async Task The_key_stops_it()
    {
        using var response = await StopAsync("key");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await host.StopAsked;
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => http.PostAsync(new Uri(host.Url, path), new StringContent(body));

    private async Task<HttpResponseMessage> StopAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Url, "/stop"));
        request.Headers.Add(DevnetHost.StopKeyHeader, key);
        return await http.SendAsync(request);
    }

    private Task<DevnetAnswer> AnswerAsync(ReadOnlyMemory<byte> request, IBufferWriter<byte> response, CancellationToken cancellation)
    {
        seen = Encoding.UTF8.GetString(request.Span);
        if (answer == DevnetAnswer.Body)
            response.Write("answer"u8);
        return Task.FromResult(answer);
    }
}
