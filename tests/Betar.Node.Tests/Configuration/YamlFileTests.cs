using Betar.Node.Configuration;
using Betar.Node.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Node.Tests.Configuration;

public sealed class YamlFileTests
{
    [Theory]
    [InlineData("agents: [", 2)]
    [InlineData("agents:\n  - name: \"open", 2)]
    [InlineData("agents:\n\t- name: a", 1)]
    [InlineData("a: 1\na: 2", 2)]
    [InlineData("a: *nobody", 1)]
    [InlineData("a: 1\n---\nb: 2", 3)]
    public void What_cannot_be_read_is_one_sentence_with_its_line(string yaml, int line)
    {
        var refusal = YamlFile.Parse(yaml, "file.yaml").Refusal;

        Assert.Equal(("BTR-1011", 2), (refusal?.Error.Code, refusal?.Error.ExitCode));
        Assert.Contains($"file.yaml, line {line}", refusal?.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal!.Sentence);
    }

    [Theory]
    [InlineData("!![")]
    [InlineData("-\t[\n`")]
    public void What_the_scanner_itself_trips_over_is_refused(string yaml)
    {
        var refusal = YamlFile.Parse(yaml, "file.yaml").Refusal;

        Assert.Equal("BTR-1011", refusal?.Error.Code);
        Assert.Contains("file.yaml is not YAML: ", refusal?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_has_its_limit()
    {
        Assert.True(YamlFile.Parse(Nested(60), "f").IsOk);
        Assert.Equal("BTR-1011", YamlFile.Parse(Nested(70), "f").Refusal?.Error.Code);
        Assert.Equal("BTR-1011", YamlFile.Parse(Nested(100_000), "f").Refusal?.Error.Code);
    }

    [Fact]
    public void A_tower_of_aliases_takes_no_time()
    {
        var yaml = "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 50).Select(level => $"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]\n"));

        Assert.Equal("BTR-1012", AgentsFile.Parse(yaml, "f").Refusal?.Error.Code);
    }

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        using var temp = new TempFolder();
        var path = Path.Combine(temp.Path, "big.yaml");
        using (var file = File.Create(path))
            file.SetLength(17L * 1024 * 1024);

        Assert.Equal("BTR-1011", YamlFile.Read(path).Refusal?.Error.Code);
    }

    [Fact]
    public void A_folder_in_the_files_place_is_refused()
    {
        using var temp = new TempFolder();

        Assert.Equal("BTR-2012", YamlFile.Read(temp.Path).Refusal?.Error.Code);
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var seed = TestSeed.Value;
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var length = random.Next(1, 120);
            var text = new string([.. Enumerable.Range(0, length).Select(_ => " \n\t:-[]{}\"'#&*!|>%@`,?a1~"[random.Next(25)])]);
            var caught = Record.Exception(() => AgentsFile.Parse(text, "f"));
            Assert.True(caught is null, $"seed {seed}, round {round}: {caught}");
        }
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
