using System.Reflection;

namespace Betar.Orleans.Embedded.Tests.Api;

/// <summary>What the engine shows in Orleans' namespaces changes only on purpose: eng/orleans-api.lock says what it is.</summary>
public sealed class ApiLockTests
{
    const string Update = "BETAR_UPDATE_API_LOCK";

    [Fact]
    public void The_public_members_in_Orleans_namespaces_are_those_of_the_lock()
    {
        var path = Path.Combine(Root(), "eng", "orleans-api.lock");
        var actual = ApiLister.List(Assembly.Load("Betar.Orleans.Embedded"), Assembly.Load("Betar.Orleans.TestingHost"));
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, string.Concat(actual.Select(line => line + "\n")));
        }

        var locked = File.ReadAllLines(path);
        var added = actual.Except(locked).Select(line => "+ " + line);
        var removed = locked.Except(actual).Select(line => "- " + line);
        var difference = string.Join('\n', removed.Concat(added));
        Assert.True(
            difference.Length == 0,
            $"eng/orleans-api.lock differs:\n{difference}\nIf that is meant: {Update}=1 dotnet test tests/Betar.Orleans.Embedded.Tests --filter {nameof(ApiLockTests)}, then eng/check-orleans-api.");
        Assert.Equal(locked.Length, actual.Length);
    }

    [Fact]
    public void Every_public_type_lies_in_a_namespace_of_Orleans_or_of_ours()
    {
        var strangers = new[] { "Betar.Orleans.Embedded", "Betar.Orleans.TestingHost" }
            .SelectMany(name => Assembly.Load(name).GetExportedTypes())
            .Where(type => !ApiLister.IsOrleansNamespace(type.Namespace) && type.Namespace?.StartsWith("Betar.", StringComparison.Ordinal) != true)
            .Select(type => type.FullName);
        Assert.Empty(strangers);
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
