using System.CommandLine;
using Betar.Node.Backup;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Backup;

/// <summary><c>betar backup</c> and <c>betar restore</c>: the data folder as one file, also while its node runs.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("file") { Description = "The archive to make; it holds keys, so it is for its owner alone", HelpName = "FILE" };
    private static readonly Argument<string> Source = new("file") { Description = "An archive that betar backup made", HelpName = "FILE" };

    public static Command Create(CliHost host) => CliCommand.Create("backup", "Copy the data folder into one file, also while its node runs", host,
        (context, arguments, _) => Task.FromResult(Print(context, "backed up from", arguments.GetRequiredValue(Target), BackupWriter.Write(context.Data, arguments.GetRequiredValue(Target), context.Time))), Target);

    public static Command CreateRestore(CliHost host) => CliCommand.Create("restore", "Bring a backup back into an empty data folder", host,
        (context, arguments, _) => Task.FromResult(Print(context, "restored to", arguments.GetRequiredValue(Source), BackupReader.Restore(arguments.GetRequiredValue(Source), context.Data))), Source);

    private static CliRefusal? Print(CommandContext context, string done, string archive, Checked<BackupManifest> manifest)
    {
        if (!manifest.IsOk)
            return manifest.Refusal;
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("archive", archive);
                writer.WriteString("data", context.Data.Root);
                writer.WriteString("peerId", manifest.Value.PeerId);
                writer.WriteString("createdAt", manifest.Value.CreatedAt);
                writer.WriteNumber("files", manifest.Value.Files.Count);
                writer.WriteNumber("bytes", manifest.Value.Files.Sum(file => file.Size));
                writer.WriteEndObject();
            });
        else
            context.Out.WriteLine($"{manifest.Value.Files.Count} files, {manifest.Value.Files.Sum(file => file.Size)} bytes, were {done} {context.Data.Root}.");
        return null;
    }
}
