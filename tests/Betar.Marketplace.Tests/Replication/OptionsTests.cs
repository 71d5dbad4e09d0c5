using System.Reflection;
using Betar.Marketplace.Replication;

namespace Betar.Marketplace.Tests.Replication;

public sealed class OptionsTests
{
    public static TheoryData<string> Numbers => [.. typeof(ReplicaOptions).GetProperties().Where(property => property.PropertyType != typeof(string)).Select(property => property.Name)];

    [Fact]
    public void The_defaults_are_in_order() => Assert.Empty(new ReplicaOptions().Faults());

    [Fact]
    public void A_fleet_of_100_000_listings_under_one_seller_fits_the_defaults() => Assert.True(new ReplicaOptions() is
    {
        MaxValuesPerSeller: >= 100_000, MaxValues: >= 100_000, MaxStoreBytes: > 100_000 * 600L, ByteBurst: > 100_000 * 600L,
    });

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_below_its_bound_is_a_fault_that_names_the_option(string name)
    {
        var (options, property) = (new ReplicaOptions(), typeof(ReplicaOptions).GetProperty(name)!);
        Set(options, property, -1);

        Assert.StartsWith(name + " is -1", Assert.Single(options.Faults()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(ReplicaOptions.Topic))]
    [InlineData(nameof(ReplicaOptions.KeyPrefix))]
    public void A_name_that_is_empty_is_a_fault(string name)
    {
        var options = new ReplicaOptions();
        typeof(ReplicaOptions).GetProperty(name)!.SetValue(options, "");

        Assert.StartsWith(name, Assert.Single(options.Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Faulty_options_are_not_worked_with() => Assert.Throws<ArgumentException>(() => new ReplicaOptions { MaxFetches = 0 }.ThrowIfFaulty());

    private static void Set(ReplicaOptions options, PropertyInfo property, int value) => property.SetValue(
        options, property.PropertyType == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(value) : Convert.ChangeType(value, property.PropertyType, null));
}
