using System.Text;
using System.Text.Json;

namespace Betar.Node.Cli.Agents;

/// <summary>Prints an answer as it comes: for a person the text, for a program a line of JSON for each piece and one for the answer.</summary>
internal sealed class StreamedOutput(CommandContext context)
{
    private readonly StringBuilder printed = new();

    public ValueTask Take(string piece)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("partial", piece);
                writer.WriteEndObject();
            });
        }
        else
        {
            printed.Append(piece);
            context.Out.Write(AnswerText.Of(piece));
            context.Out.Flush();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What was printed is the beginning of the answer, or the answer is printed anew: it alone was paid for.</summary>
    public void End(JsonElement answer)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, answer);
            return;
        }

        var (output, before) = (answer.Text("output"), printed.ToString());
        if (output.StartsWith(before, StringComparison.Ordinal))
        {
            context.Out.WriteLine(AnswerText.Of(output[before.Length..]));
            return;
        }

        context.Out.WriteLine();
        context.Error.WriteLine("The answer is not what came before it:");
        context.Error.Flush();
        context.Out.WriteLine(AnswerText.Of(output));
    }

    /// <summary>There is no answer, but the line that was begun ends.</summary>
    public void Fail()
    {
        if (printed.Length > 0)
            context.Out.WriteLine();
    }
}
