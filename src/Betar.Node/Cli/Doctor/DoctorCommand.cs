using System.CommandLine;
using System.Text.Json;
using Betar.Node.Diagnosis;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Doctor;

/// <summary><c>betar doctor</c>: what is right, what is wrong, and how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CliHost host) => CliCommand.Create("doctor", "Check this machine and the data folder", host, RunAsync);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var findings = await NodeDoctor.ExamineAsync(NodeDoctor.Checks, context, cancellation);
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer => WriteJson(writer, findings));
        else
            WriteText(context.Out, findings);
        var wrong = findings.Count(finding => finding.State == FindingState.Wrong);
        return wrong == 0 ? null : ErrorCatalog.DoctorFound.Refuse($"{wrong} of {findings.Count} checks found something wrong");
    }

    private static void WriteText(TextWriter output, IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Name.Length);
        foreach (var finding in findings)
        {
            var mark = finding.State switch { FindingState.Ok => "ok   ", FindingState.Note => "note ", _ => "WRONG" };
            output.WriteLine($"{mark} {finding.Name.PadRight(width)}  {finding.Detail}");
            if (finding.Remedy is not null)
                output.WriteLine($"      {new string(' ', width)}  to mend it: {finding.Remedy}");
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<Finding> findings)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", findings.All(finding => finding.State != FindingState.Wrong));
        writer.WriteStartArray("checks");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("name", finding.Name);
            writer.WriteString("state", finding.State switch { FindingState.Ok => "ok", FindingState.Note => "note", _ => "wrong" });
            writer.WriteString("detail", finding.Detail);
            if (finding.Remedy is not null)
                writer.WriteString("remedy", finding.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
