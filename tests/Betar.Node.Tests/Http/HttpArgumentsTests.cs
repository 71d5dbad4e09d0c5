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

    [Fact]
    public async Task A_token_in_a_file_that_others_can_read_is_refused()
    {
        using var temp = new TempFolder();
        string path = temp.File("token", Token);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        (await CliRun.RunAsync("up", "--data", temp.Path, "--api-token", $"file:{path}")).AssertRefused("BTR-2006", 1);
    }
}
