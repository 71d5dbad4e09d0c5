using System.Text.Json;

namespace Betar.Node.Cli.Agents;

/// <summary>Prints what a reading of the agents changed, or would change.</summary>
internal static class FleetChanges
{
    public static void Print(CommandContext context, JsonElement answer)
    {
        foreach (var warning in answer.GetProperty("warnings").EnumerateArray())
            context.Error.WriteLine($"Warning: {warning.GetString()}");
        foreach (var change in answer.GetProperty("changes").EnumerateArray())
        {
            context.Out.WriteLine($"{change.Text("change"),-8} {VisibleText.Of(change.Text("name"))} ({change.Text("id")})");
            foreach (var field in change.GetProperty("fields").EnumerateArray())
                context.Out.WriteLine($"         {field.Text("field")}: {VisibleText.Of(field.Text("from"))} -> {VisibleText.Of(field.Text("to"))}");
        }

        if (answer.GetProperty("changes").GetArrayLength() == 0)
            context.Out.WriteLine("Nothing changes.");
        else if (answer.GetProperty("dryRun").GetBoolean())
            context.Out.WriteLine("Nothing was changed: that is what betar agent reload would do.");
    }
}
