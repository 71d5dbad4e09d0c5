using System.CommandLine;
using Betar.Node.Cli;

namespace Betar.Node.Tests.Cli;

/// <summary>What scripts and readmes of the original type is understood: its nouns, options and short forms.</summary>
public sealed class OriginalCommandsTests
{
    private const string Bootstrap = "/ip4/127.0.0.1/tcp/4001/p2p/12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB";
    private const string Node = "--port 4001 --bootstrap " + Bootstrap + " --model gemini-2.5-flash --provider google --openai-api-key k --openai-base-url https://models.example/v1";
    private const string Agent = "--name a --description b --price 0.001 --announce-interval 30s";
    private const string Client = "--api-url http://localhost:8424";

    [Theory]
    [InlineData("node " + Node)]
    [InlineData("node -p 4001")]
    [InlineData("start " + Node + " " + Agent + " --api-port 8424")]
    [InlineData("start -p 4001 -n a -d b -r 0.001")]
    [InlineData("start --bootstrap " + Bootstrap + "," + Bootstrap + " --bootstrap " + Bootstrap)]
    [InlineData("agent serve " + Node + " " + Agent)]
    [InlineData("agent serve -n a -d b -r 0.001 -p 4001")]
    [InlineData("agent register -n a -d b -p 0.001")]
    [InlineData("agent register --name a --description b --price 0.001")]
    [InlineData("agent list " + Client)]
    [InlineData("agent discover " + Client)]
    [InlineData("agent execute " + Client + " --agent-id x --task y")]
    [InlineData("agent execute --agent-id x -t y")]
    [InlineData("agent execute --agent-id x --input y")]
    [InlineData("agent config list")]
    [InlineData("agent config add -n a -d b -r 0.001 --model m --api-key k --provider google --openai-api-key k --openai-base-url https://models.example/v1")]
    [InlineData("agent config add --name a --description b --price 0.001")]
    [InlineData("agent config edit a -d b -r 0.001 --model m --api-key k --provider google --openai-api-key k --openai-base-url https://models.example/v1")]
    [InlineData("agent config delete a")]
    [InlineData("order create " + Client + " --agent-id x --price 0.001")]
    [InlineData("wallet balance " + Client)]
    [InlineData("workflow create " + Client + " --chain a,b --input x")]
    [InlineData("workflow status " + Client + " --id w")]
    [InlineData("workflow list " + Client)]
    [InlineData("workflow cancel " + Client + " --id w")]
    [InlineData("onboard")]
    public void It_is_understood(string line) => Assert.Null(Parse(line).Sentence);

    [Theory]
    [InlineData("start --x402")]
    [InlineData("agent config add -n a --on_chain")]
    [InlineData("order create --agent-id x --amount 1")]
    public void What_it_never_had_or_never_did_is_not(string line) => Assert.NotNull(Parse(line).Sentence);

    private static (ParseResult Parsed, string? Sentence) Parse(string line)
    {
        ParseResult parsed = Commands.Root(new CliHost(TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System)).Parse(line.Split(' '));
        return (parsed, UsageErrors.Find(parsed)?.Sentence);
    }
}
