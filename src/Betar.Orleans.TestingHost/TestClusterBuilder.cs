using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Orleans.TestingHost;

/// <summary>Describes a test cluster.</summary>
public class TestClusterBuilder
{
    private readonly List<Action<IConfigurationBuilder>> _configuration = [];

    public TestClusterBuilder() : this(2)
    {
    }

    public TestClusterBuilder(short initialSilosCount)
    {
        Options = new TestClusterOptions
        {
            InitialSilosCount = initialSilosCount,
            ClusterId = CreateClusterId(),
            ServiceId = Guid.NewGuid().ToString("N"),
        };
    }

    public TestClusterOptions Options { get; }

    public Dictionary<string, string?> Properties { get; } = [];

    public static string CreateClusterId() =>
        string.Create(CultureInfo.InvariantCulture, $"testcluster-{RandomNumberGenerator.GetInt32(int.MaxValue)}");

    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        _configuration.Add(configureDelegate);
        return this;
    }

    public TestClusterBuilder AddSiloBuilderConfigurator<T>() where T : new()
    {
        Require(typeof(T), typeof(ISiloConfigurator));
        Options.SiloBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName!);
        return this;
    }

    public TestClusterBuilder AddClientBuilderConfigurator<T>() where T : new()
    {
        Require(typeof(T), typeof(IClientBuilderConfigurator));
        Options.ClientBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName!);
        return this;
    }

    public TestCluster Build()
    {
        var builder = new ConfigurationBuilder();
        builder.AddInMemoryCollection(Properties);
        foreach (var configure in _configuration)
            configure(builder);
        return new TestCluster(Options, builder.Build());
    }

    private static void Require(Type type, Type contract)
    {
        if (!contract.IsAssignableFrom(type) && !typeof(IHostConfigurator).IsAssignableFrom(type))
            throw new ArgumentException($"{type} implements neither {contract.Name} nor {nameof(IHostConfigurator)}.");
    }
}
