using System.CommandLine;
using Betar.Node.Composition;
using Betar.Node.Configuration.Settings;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Config;

/// <summary><c>betar config print</c>: every setting as it holds for this folder, and what set it. Secrets are not shown.</summary>
internal static class ConfigPrintCommand
{
    private const string Hidden = "(hidden)";

    public static Command Create(CliHost host)
    {
        var command = CliCommand.Create("print", "Show every setting, and what set it", host, RunAsync);
        UpArguments.AddTo(command);
        return command;
    }

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var settings = NodeSettings.Load(context.Data, context.Environment, UpArguments.Given(arguments));
        if (context.Json)
            WriteJson(context, settings);
        else
            TextTable.Write(context.Out, ["setting", "value", "from", "note"], settings.All.Select(value => new[]
            {
                value.Setting.Name, Shown(value), From(value), value.Setting.Note,
            }));
        return Task.FromResult(settings.Fault);
    }

    private static void WriteJson(CommandContext context, NodeSettings settings) => JsonOutput.WriteLine(context.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (var value in settings.All)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Setting.Name);
            if (value.Texts.Count == 0)
                writer.WriteNull("value");
            else
                writer.WriteString("value", Shown(value));
            writer.WriteString("origin", value.Origin.ToString().ToLowerInvariant());
            writer.WriteString("place", value.Place);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static string Shown(SettingValue value) => value.Texts.Count == 0 ? "" : value.Setting.IsSecret ? Hidden : VisibleText.Of(string.Join(", ", value.Texts));

    private static string From(SettingValue value) => value.Origin switch
    {
        SettingOrigin.Default => value.Texts.Count == 0 ? "" : "default",
        SettingOrigin.File => "file",
        _ => value.Place,
    };
}
