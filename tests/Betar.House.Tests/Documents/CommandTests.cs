using System.Text.RegularExpressions;
using Betar.House.Tests.Support;
using Betar.Node.Cli;

namespace Betar.House.Tests.Documents;

public sealed class CommandTests
{
    [Fact]
    public async Task Every_betar_command_of_the_documents_exists()
    {
        var commands = Repository.Files.Where(file => file.Name.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(file.Text, @"^\s*(?:\$ )?\./betar +([^#\n|>&]+)", RegexOptions.Multiline).Select(match => (file, Line: match.Groups[1].Value.Trim())))
            .Where(command => !command.Line.StartsWith("bench", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(commands);
        foreach (var (file, line) in commands)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            string[] words = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => !word.StartsWith('-')), "--help"];
            var exit = await BetarCli.RunAsync(words, new CliHost(output, error, _ => null, TimeProvider.System));
            Assert.True(exit == 0, $"{file}: ./betar {line}: {error}");
        }
    }
}
