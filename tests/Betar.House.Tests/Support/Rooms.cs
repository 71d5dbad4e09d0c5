using System.Reflection;

namespace Betar.House.Tests.Support;

/// <summary>The rooms of the house and the floors that they stand on.</summary>
internal static class Rooms
{
    /// <summary>A room may use rooms of lower floors only. The engine and its tools stand on the ground, beside the house.</summary>
    public static IReadOnlyDictionary<string, int> Floors { get; } = new Dictionary<string, int>
    {
        ["Betar.Orleans.Embedded"] = 0,
        ["Betar.Orleans.Embedded.Generator"] = 0,
        ["Betar.Orleans.TestingHost"] = 1,
        ["Betar.Crypto"] = 0,
        ["Betar.Ethereum"] = 1,
        ["Betar.Libp2p"] = 1,
        ["Betar.Blocks"] = 2,
        ["Betar.X402"] = 2,
        ["Betar.X402.Http"] = 3,
        ["Betar.Marketplace"] = 3,
        ["Betar.Storage"] = 4,
        ["Betar.Agents"] = 4,
        ["Betar.Grains.Abstractions"] = 4,
        ["Betar.Grains"] = 5,
        ["Betar.Node"] = 6,
        ["Betar.Sdk"] = 7,
    };

    /// <summary>The rooms that amounts pass through.</summary>
    public static IReadOnlyList<string> Money { get; } =
        ["Betar.Crypto", "Betar.Ethereum", "Betar.X402", "Betar.X402.Http", "Betar.Storage", "Betar.Grains", "Betar.Grains.Abstractions"];

    public static IEnumerable<Project> Projects(string folder) => Repository.Files
        .Where(file => file.Name.StartsWith(folder + "/", StringComparison.Ordinal) && file.Name.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(file => Project.Parse(Path.GetFileNameWithoutExtension(file.Name), file.Text));

    public static Assembly Load(string name) => Assembly.Load(name);
}
