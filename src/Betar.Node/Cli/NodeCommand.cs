using System.CommandLine;

namespace Betar.Node.Cli;

/// <summary>A command that asks a running node: the one of the data folder, or one elsewhere.</summary>
internal static class NodeCommand
{
    public static Command Create(string name, string description, CliHost host, CliCommand.Body body, params ReadOnlySpan<Symbol> symbols) => CliCommand.Create(
        name, description, host,
        async (context, arguments, cancellation) =>
        {
            var node = NodeOptions.Read(context, arguments);
            return node.IsOk ? await body(context with { Node = node.Value }, arguments, cancellation) : node.Refusal;
        },
        [.. symbols, NodeOptions.ApiUrl, NodeOptions.Token]);
}
