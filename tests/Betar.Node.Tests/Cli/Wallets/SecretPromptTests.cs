using System.Text;
using Betar.Node.Cli.Wallets;

namespace Betar.Node.Tests.Cli.Wallets;

public sealed class SecretPromptTests
{
    [Theory]
    [InlineData("hunter2\r", "hunter2")]
    [InlineData("hux\bnter\b\b\b\b\b\b\b\b\bok\r", "ok")]
    [InlineData("grüße \u0007\u001b€\r", "grüße €")]
    public void What_is_typed_is_taken_and_not_shown(string typed, string password)
    {
        var (secret, shown) = Ask(typed);

        Assert.Equal(password, Encoding.UTF8.GetString(secret!.Span));
        Assert.Equal("Password: \n", shown.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\b\r")]
    [InlineData("a\b\r")]
    public void Nothing_typed_is_no_password(string typed) => Assert.Null(Ask(typed).Secret);

    [Fact]
    public void There_is_an_end_to_it() => Assert.Equal(1_024, Ask(new string('x', 5_000) + "\r").Secret!.Length);

    private static (Crypto.SecretBytes? Secret, string Shown) Ask(string typed)
    {
        using var shown = new StringWriter();
        var keys = new Queue<char>(typed);
        var secret = SecretPrompt.Ask("Password", shown, () => keys.Dequeue() switch
        {
            '\r' => new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false),
            '\b' => new ConsoleKeyInfo('\b', ConsoleKey.Backspace, false, false, false),
            var letter => new ConsoleKeyInfo(letter, ConsoleKey.None, false, false, false),
        });
        return (secret, shown.ToString());
    }
}
