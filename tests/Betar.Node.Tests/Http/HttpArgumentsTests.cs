using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Http;

public sealed class HttpArgumentsTests
{
    private const string Token = "a-token-that-nobody-can-guess";

    [Theory]
    [InlineData("BTR-1003", "--http", "nowhere")]
    [InlineData("BTR-1003", "--http", "127.0.0.1")]
    [InlineData("BTR-1003", "--http", "127.0.0.1:65536")]
    [InlineData("BTR-1003", "--http", "localhost:8424")]
    [InlineData("BTR-1003", "--http-max-body", "1023")]
    [InlineData("BTR-1003", "--http-max-body", "67108865")]
    [InlineData("BTR-1003", "--http-per-minute", "0")]
    [InlineData("BTR-1003", "--http-max-connections", "0")]
    [InlineData("BTR-1003", "--http-max-listeners", "10001")]
    [InlineData("BTR-1003", "--http-origin", "https://example.org/path")]
    [InlineData("BTR-1003", "--http-origin", "*")]
    [InlineData("BTR-1003", "--api-token", Token)]
    [InlineData("BTR-1057", "--api-token", "env:NOT_THERE")]
    [InlineData("BTR-1057", "--api-token", "env:SHORT")]
    [InlineData("BTR-2012", "--api-token", "file:/nonexistent/token")]
    [InlineData("BTR-1014", "--api-legacy-cap", "much")]
    [InlineData("BTR-1004", "--http-client-ca", "/nonexistent/ca")]
    [InlineData("BTR-2012", "--http-cert", "/nonexistent/cert")]
    [InlineData("BTR-1056", "--http", "0.0.0.0:0")]
    [InlineData("BTR-1056", "--http", "[::]:0")]
    [InlineData("BTR-1056", "--http", "0.0.0.0:0", "--api-legacy-open", "--api-token", "env:TOKEN")]
    public async Task What_cannot_be_is_refused_before_anything_is_opened(string code, params string[] options)
    {
        using var temp = new TempFolder();
        CliRun run = await CliRun.RunAsync(new Dictionary<string, string> { ["SHORT"] = "short", ["TOKEN"] = Token }, ["up", "--data", temp.Path, .. options]);

        run.AssertRefused(code, code.StartsWith("BTR-1", StringComparison.Ordinal) ? 2 : 1);
        Assert.Empty(Directory.GetFiles(temp.Path));
        Assert.DoesNotContain(Token, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BETAR_HTTP_PER_MINUTE", "0", "http_per_minute: 0")]
    [InlineData("BETAR_HTTP_ORIGINS", "*", "http_origins: [ '*' ]")]
    [InlineData("BETAR_API_TOKEN", Token, "api_token: " + Token)]
    [InlineData("BETAR_API_LEGACY_OPEN", "perhaps", "api_legacy_open: perhaps")]
    public async Task Variables_and_the_file_say_the_same_as_options_and_are_checked_alike(string variable, string value, string line)
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync(new Dictionary<string, string> { [variable] = value }, "up", "--data", temp.Path)).AssertRefused("BTR-1003", 2);
        temp.File("config.yaml", line + "\n");
        CliRun run = await CliRun.RunAsync("up", "--data", temp.Path);
        run.AssertRefused("BTR-1003", 2);
        Assert.DoesNotContain(Token, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_holds_comes_from_the_file_the_variable_and_the_option_in_that_order()
    {
        using var temp = new TempFolder();
        temp.File("config.yaml", "http_max_body: 2048\nhttp_hosts: [ a.example, b.example ]\napi_legacy_open: true\n");
        string said = (await CliRun.RunAsync(new Dictionary<string, string> { ["BETAR_HTTP_MAX_BODY"] = "4096" }, "config", "print", "--data", temp.Path, "--http-max-listeners", "3")).Out;

        Assert.Matches("http_max_body +4096 +BETAR_HTTP_MAX_BODY", said);
        Assert.Matches("http_hosts +a.example, ?b.example", said);
        Assert.Matches("api_legacy_open +true", said);
        Assert.Matches("http_max_listeners +3 +--http-max-listeners", said);
    }

    [Fact]
    public async Task A_token_in_a_file_that_others_can_read_is_refused()
    {
        using var temp = new TempFolder();
        string path = temp.File("token", Token);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        (await CliRun.RunAsync("up", "--data", temp.Path, "--api-token", $"file:{path}")).AssertRefused("BTR-2006", 1);
    }
}
