using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Betar.Node.Cli;
using Betar.Node.Configuration.Settings;
using Betar.Node.Http;
using Betar.Node.Http.Probes;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Tests.Documents;

/// <summary>The files of <c>deploy</c> name options, variables, ports, paths and routes that exist. Nothing of them is run here.</summary>
public sealed partial class DeployTests
{
    private const string Program = "Betar.Node.dll";

    private static readonly string s_folder = Path.Combine(PageFolder.Repository, "deploy");
    private static readonly HashSet<string> s_variables = [.. NodeSetting.All.SelectMany(setting => setting.Variables), "DOTNET_NOLOGO"];

    private static YamlMappingNode Services
    {
        get
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Text("compose.yaml")));
            return (YamlMappingNode)yaml.Documents[0].RootNode["services"];
        }
    }

    [Fact]
    public void The_unit_starts_the_program_as_it_can_be_started()
    {
        string[] start = Unit("ExecStart").Split(' ');

        AssertCommand(start[(Array.FindIndex(start, word => word.EndsWith(Program, StringComparison.Ordinal)) + 1)..]);
        Assert.Equal("/bin/kill -HUP $MAINPID", Unit("ExecReload"));
        Assert.Equal("SIGTERM", Unit("KillSignal"));
        AssertVariables(Unit("Environment").Split(' ').Select(pair => pair.Split('=')[0]));
        Assert.Contains("BETAR_DATA_DIR=/var/lib/" + Unit("StateDirectory"), Unit("Environment"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(PageFolder.Repository, Unit("Documentation").Replace("file:/opt/betar/", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_unit_waits_longer_than_the_node_takes_to_end() =>
        Assert.True(TimeSpan.FromSeconds(int.Parse(Unit("TimeoutStopSec"), System.Globalization.CultureInfo.InvariantCulture)) > new HttpLimits().DrainTime);

    [Fact]
    public void The_unit_has_only_lines_that_systemd_reads() =>
        Assert.All(Text("betar.service").Split('\n').Where(line => line.Length > 0 && line[0] != '#'), line => Assert.Matches(@"^(\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=.+)$", line));

    [Fact]
    public void The_image_starts_the_program_and_is_asked_for_its_health_where_it_answers()
    {
        string docker = Text("Dockerfile").Replace("\\\n", "", StringComparison.Ordinal);
        string[] command = Words(docker, "CMD"), entry = Words(docker, "ENTRYPOINT"), health = JsonSerializer.Deserialize<string[]>(Regex.Match(docker, "^HEALTHCHECK .* CMD (.+)$", RegexOptions.Multiline).Groups[1].Value)!;

        AssertCommand(command);
        Assert.EndsWith("/" + Program, entry[^1], StringComparison.Ordinal);
        var asked = new Uri(health[^1]);
        Assert.Equal(After(command, "--http"), asked.Authority);
        Assert.Equal(HttpSettings.DefaultPort, asked.Port);
        Assert.Contains(new ProbeRoutes(() => null).Routes, route => route.Pattern == asked.AbsolutePath);
        Assert.Matches($"/tcp/{Regex.Match(docker, "^EXPOSE ([0-9]+)$", RegexOptions.Multiline).Groups[1].Value}$", After(command, "--listen"));
        AssertVariables(Regex.Match(docker, "^ENV (.+)$", RegexOptions.Multiline).Groups[1].Value.Split(' ').Select(pair => pair.Split('=')[0]));
        Assert.All(docker.Split('\n').Where(line => line.Length > 0), line => Assert.Matches("^(#.*|(FROM|RUN|WORKDIR|COPY|USER|ENV|VOLUME|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD) .+)$", line));
        Assert.Contains("src/Betar.Node", docker, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_service_starts_the_program_with_options_and_variables_that_exist()
    {
        Assert.Equal(["seller", "buyer"], Services.Children.Keys.Select(key => key.ToString()));
        foreach (YamlMappingNode service in Services.Children.Values.Cast<YamlMappingNode>())
        {
            string[] command = [.. ((YamlSequenceNode)service["command"]).Select(word => Variable().Replace(word.ToString(), "0x1f3BdFaF62A6f3C4E1774bE085D556d211E738A9"))];
            AssertCommand(command);
            AssertVariables(((YamlMappingNode)service["environment"]).Children.Keys.Select(key => key.ToString()));
            if (service.Children.TryGetValue("ports", out YamlNode? ports))
                Assert.All((YamlSequenceNode)ports, port => Assert.EndsWith("/tcp/" + port.ToString().Split(':')[1], After(command, "--listen"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_compose_mounts_and_builds_is_there()
    {
        string compose = Text("compose.yaml");
        string[] mounted = [.. Services.Children.Values.SelectMany(service => (YamlSequenceNode)service["volumes"]).Select(volume => volume.ToString().Split(':')[0]).Where(path => path.StartsWith('.'))];

        Assert.NotEmpty(mounted);
        Assert.All(mounted, path => Assert.True(File.Exists(Path.Combine(s_folder, path)), path));
        Assert.Contains("dockerfile: deploy/Dockerfile\n", compose, StringComparison.Ordinal);
        Assert.Contains("condition: service_healthy", compose, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_the_environment_has_what_compose_reads_and_nothing_else() => Assert.Equal(
        Variable().Matches(Text("compose.yaml")).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal),
        Text(".env.example").Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_names_files_that_are_there_and_says_what_was_not_run()
    {
        string page = Text("README.md");

        Assert.Contains("**not run**", page, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(s_folder).Select(Path.GetFileName).Except(["README.md", "Dockerfile.dockerignore"]), file => Assert.Contains(file!, page, StringComparison.Ordinal));
        Assert.Contains($"leave {HttpSettings.DefaultPort} on loopback", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_does_not_exist_would_be_noticed() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertCommand(["up", "--no-such-option"]));

    private static string Text(string file) => File.ReadAllText(Path.Combine(s_folder, file));

    private static string Unit(string key) => Regex.Match(Text("betar.service"), $"^{key}=(.*)$", RegexOptions.Multiline).Groups[1].Value;

    private static string[] Words(string docker, string instruction) => JsonSerializer.Deserialize<string[]>(Regex.Match(docker, $"^{instruction} (.+)$", RegexOptions.Multiline).Groups[1].Value)!;

    private static string After(string[] command, string option) => command[Array.IndexOf(command, option) + 1];

    private static void AssertVariables(IEnumerable<string> names) => Assert.All(names, name => Assert.Contains(name, s_variables));

    private static void AssertCommand(string[] words)
    {
        ParseResult parsed = Commands.Root(new CliHost(TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System)).Parse(words);
        Assert.Null(UsageErrors.Find(parsed)?.Sentence);
        Assert.Equal("up", parsed.CommandResult.Command.Name);
    }

    [GeneratedRegex(@"\$\{([A-Z_]+)[^}]*\}")]
    private static partial Regex Variable();
}
